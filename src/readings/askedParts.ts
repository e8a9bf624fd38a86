import * as vscode from "vscode";
import type { Analyses } from "./analyses";
import { movedRange } from "./movedRange";
import { NO_VERSION } from "./staleness";

/** A part of a document, or the end of one: an edit that took its place. */
export type AskedPart = vscode.Range | "all" | "replaced";

/** Which part of each document was asked for last, wherever edits have moved it: what "Classify Again" is to read. */
export class AskedParts implements vscode.Disposable {
  private readonly parts = new Map<string, AskedPart>();
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(analyses: Analyses) {
    this.subscriptions = [
      analyses.onDidChange((uri) => {
        const { reading, running } = analyses.get(uri) ?? {};
        if (!reading || running) return;
        // What is current was asked for, also once an edit was undone or a run of another part cancelled; a stale reading of
        // before a reload, or of another name, was not asked for here.
        if (reading.stale !== undefined && this.parts.has(uri.toString())) return;
        const isGone = reading.selection && reading.version === NO_VERSION;
        this.parts.set(uri.toString(), isGone ? "replaced" : (reading.selection ?? "all"));
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const part = this.of(document.uri);
        // What was undone, as Analyses knows by now, has put it back where it was read.
        const isBack = !analyses.get(document.uri)?.running && analyses.current(document);
        if (typeof part === "string" || isBack) return;
        const { start, end } = movedRange(part, contentChanges);
        const moved = new vscode.Range(start.line, start.character, end.line, end.character);
        this.parts.set(document.uri.toString(), moved.isEmpty ? "replaced" : moved);
      }),
      analyses.onDidDrop((uri) => this.parts.delete(uri.toString())),
    ];
  }

  set(uri: vscode.Uri, part: vscode.Range | undefined): void {
    this.parts.set(uri.toString(), part ?? "all");
  }

  of(uri: vscode.Uri): AskedPart {
    return this.parts.get(uri.toString()) ?? "all";
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
