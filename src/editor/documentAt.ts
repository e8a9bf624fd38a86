import * as vscode from "vscode";

/** The document of an address, where it is open. */
export function documentAt(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

/**
 * The document of an address, opened where it is not, without being shown. VS Code would make a new untitled document of the
 * address of one that is gone.
 * @throws an error when it is not there
 */
export async function openedDocument(uri: vscode.Uri): Promise<vscode.TextDocument> {
  if (uri.scheme !== "untitled") return vscode.workspace.openTextDocument(uri);
  const found = documentAt(uri);
  if (!found) throw new Error(`${uri.toString()} has been closed.`);
  return found;
}
