import * as vscode from "vscode";
import { movedRange } from "./movedRange";

/** Which part of each document was asked for last, wherever edits have moved it: what "Classify Again" is to read. */
export class AskedParts implements vscode.Disposable {
  /** Undefined: all of the document. */
  private readonly parts = new Map<string, vscode.Range | undefined>();
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor() {
    this.subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const part = this.parts.get(document.uri.toString());
        if (!part) return;
        const { start, end } = movedRange(part, contentChanges);
        const moved = new vscode.Range(start.line, start.character, end.line, end.character);
        this.set(document.uri, moved.isEmpty ? undefined : moved);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.parts.delete(uri.toString())),
    ];
  }

  set(uri: vscode.Uri, part: vscode.Range | undefined): void {
    this.parts.set(uri.toString(), part);
  }

  /** The part asked for; `otherwise` when nothing has been asked since the document was opened. */
  of(uri: vscode.Uri, otherwise: vscode.Range | undefined): vscode.Range | undefined {
    const key = uri.toString();
    return this.parts.has(key) ? this.parts.get(key) : otherwise;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
