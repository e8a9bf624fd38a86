import * as vscode from "vscode";

/** An editor that shows the document now: the active one, should there be several. */
export function visibleEditor(uri: vscode.Uri): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const shows = (editor: vscode.TextEditor): boolean => editor.document.uri.toString() === uri.toString();
  return activeTextEditor && shows(activeTextEditor) ? activeTextEditor : visibleTextEditors.find(shows);
}
