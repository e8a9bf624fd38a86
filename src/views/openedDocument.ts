import * as vscode from "vscode";

/**
 * The document of an address, opened where it is not, without being shown. VS Code would make a new untitled document of the
 * address of one that is gone.
 * @throws an error when it is not there
 */
export async function openedDocument(uri: vscode.Uri): Promise<vscode.TextDocument> {
  if (uri.scheme !== "untitled") return vscode.workspace.openTextDocument(uri);
  const found = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (!found) throw new Error(`${uri.toString()} has been closed.`);
  return found;
}
