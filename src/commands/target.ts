import * as vscode from "vscode";
import { UserError } from "../errors";
import { columnOf, visibleEditor } from "../views/columnOf";
import { documentName } from "../views/documentName";
import type { ShownDocument } from "../views/shownDocument";

/**
 * The document a command is about, shown in an editor: the one it was given, else the active one, else, where a page of ours is
 * active, the one the panel speaks of.
 * @throws UserError when there is none or it cannot be read as text
 */
export async function targetEditor(given: vscode.Uri | undefined, shown: ShownDocument): Promise<vscode.TextEditor> {
  const active = vscode.window.activeTextEditor;
  if (active && (!given || given.toString() === active.document.uri.toString())) return active;
  const tab = given ? undefined : activeTabUri();
  if (tab) return vscode.window.showTextDocument(await openAsText(tab));
  const uri = given ?? shown.document?.uri;
  const visible = uri && visibleEditor(uri);
  if (visible) return visible;
  if (!uri) throw new UserError("Open a text document first: PoNet classifies the one in the active editor.");
  // A document that VS Code opens is closed with its editor; one that an extension opens lives on for minutes.
  await vscode.commands.executeCommand("vscode.open", uri, columnOf(uri));
  const opened = vscode.window.activeTextEditor;
  if (opened?.document.uri.toString() === uri.toString()) return opened;
  return vscode.window.showTextDocument(await openAsText(uri));
}

/**
 * The document a command is about, which need not be in sight: the one it was given, else the one the panel speaks of.
 * @throws UserError when there is none or it cannot be read as text
 */
export async function targetDocument(uri: vscode.Uri | undefined, shown: ShownDocument): Promise<vscode.TextDocument> {
  return uri || !shown.document ? (await targetEditor(uri, shown)).document : shown.document;
}

/** What the active tab shows when it is not a text editor: an image, a PDF, a file too large for one. */
function activeTabUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
}

/**
 * The document of a file, opened without being shown.
 * @throws UserError when it cannot be read as text
 */
export async function openAsText(uri: vscode.Uri): Promise<vscode.TextDocument> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch (error) {
    // VS Code gives this reason in words only.
    const tooLarge = error instanceof Error && error.message.includes("50MB");
    const reason = tooLarge ? "is over 50 MB, more than VS Code gives extensions" : "cannot be read as text";
    throw new UserError(`${documentName(uri)} ${reason}, so PoNet cannot classify it.`);
  }
}
