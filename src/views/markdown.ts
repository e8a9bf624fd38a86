import * as vscode from "vscode";

/** Text from a document or a model's card, escaped so that Markdown shows it as it is, also in a table's cell. */
export function literal(text: string): string {
  return new vscode.MarkdownString().appendText(text).value.replaceAll("|", "&#124;").replaceAll(/\s+/g, " ");
}
