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
        // A reading of before a reload, or of another name, was not asked for here.
        const reading = analyses.get(uri)?.reading;
        if (!reading || this.parts.has(uri.toString())) return;
        const isGone = reading.selection && reading.version === NO_VERSION;
        this.parts.set(uri.toString(), isGone ? "replaced" : (reading.selection ?? "all"));
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const part = this.of(document.uri);
        if (typeof part === "string") return;
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
