import type * as vscode from "vscode";

/**
 * The length of a document's text, or of a part's, in UTF-16 units: VS Code puts the text of an edited document together anew
 * for whoever asks for that.
 */
export function textLength(document: vscode.TextDocument, part?: vscode.Range): number {
  const { end } = part ?? document.lineAt(document.lineCount - 1).range;
  return document.offsetAt(end) - (part ? document.offsetAt(part.start) : 0);
}
