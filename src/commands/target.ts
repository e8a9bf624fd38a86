import * as vscode from "vscode";
import { columnOf } from "../editor/columnOf";
import { openedDocument } from "../editor/documentAt";
import { documentName } from "../editor/documentName";
import { openTexts, textsInTabs } from "../editor/openTexts";
import { plainLabel } from "../editor/plainLabel";
import { visibleEditor } from "../editor/visibleEditor";
import { CancelledError, PreconditionError, UserError } from "../errors";
import { isDocument, type ShownDocument } from "../readings/shownDocument";

/** The document that a menu passes to a command, if any: that of a webview's title passes an address that nothing opens. */
export function givenUri(argument: unknown): vscode.Uri | undefined {
  return argument instanceof vscode.Uri && argument.scheme !== "webview-panel" ? argument : undefined;
}

/**
 * The document a command is about, shown in an editor: the one it was given, else the active one, else, where a page is active
 * that is no document, the one the panel speaks of or one in another tab.
 * @throws PreconditionError when there is none, UserError when it cannot be read as text, CancelledError when none is chosen
 */
export async function targetEditor(given: vscode.Uri | undefined, shown: ShownDocument): Promise<vscode.TextEditor> {
  if (given && isNotebook(given)) throw notebook(given);
  const active = vscode.window.activeTextEditor;
  if (active && isDocument(active) && (!given || given.toString() === active.document.uri.toString())) return active;
  const tab = given ? undefined : activeTabUri();
  if (tab) return vscode.window.showTextDocument(await openAsText(tab));
  const uri = given ?? shown.document?.uri ?? (await uriOfATab());
  const visible = visibleEditor(uri);
  if (visible) return visible;
  // A document that VS Code opens is closed with its editor; one that an extension opens lives on for minutes.
  await vscode.commands.executeCommand("vscode.open", uri, { viewColumn: columnOf(uri), preview: false });
  const opened = vscode.window.activeTextEditor;
  if (opened?.document.uri.toString() === uri.toString()) return opened;
  return vscode.window.showTextDocument(await openAsText(uri));
}

/**
 * The document a command is about, which need not be in sight: the one it was given, else the one the panel speaks of.
 * @throws as {@link targetEditor}
 */
export async function targetDocument(uri: vscode.Uri | undefined, shown: ShownDocument): Promise<vscode.TextDocument> {
  return uri || !shown.document ? (await targetEditor(uri, shown)).document : shown.document;
}

/**
 * What the active tab shows when it is not a text editor: an image, a PDF, a file too large for one.
 * @throws PreconditionError when that is a notebook
 */
function activeTabUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputNotebook) throw notebook(input.uri);
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
}

/** The document of a tab behind the walkthrough, say: the only one, or the one that is chosen. */
async function uriOfATab(): Promise<vscode.Uri> {
  const [only, ...others] = openTexts();
  if (!only) throw noDocument();
  if (others.length === 0) return only;
  const items = [only, ...others].map((uri) => ({
    label: plainLabel(documentName(uri)),
    description: plainLabel(uri.fsPath),
    uri,
  }));
  const chosen = await vscode.window.showQuickPick(items, { title: "PoNet: Choose a Document" });
  if (!chosen) throw new CancelledError();
  return chosen.uri;
}

function noDocument(): PreconditionError {
  return new PreconditionError("Open a text document first: PoNet classifies the one in the active editor.");
}

/** Whether VS Code has what is there as a notebook, which is many texts: its file may be in a tab as the one text that it is. */
function isNotebook(uri: vscode.Uri): boolean {
  const isThere = (other: vscode.Uri): boolean => other.toString() === uri.toString();
  if (textsInTabs().some(isThere)) return false;
  return /\.ipynb$/i.test(uri.path) || vscode.workspace.notebookDocuments.some((open) => isThere(open.uri));
}

function notebook(uri: vscode.Uri): PreconditionError {
  return new PreconditionError(
    `${documentName(uri)} is a notebook, which PoNet does not read: save what it says as text first.`,
  );
}

/**
 * The document of an address, opened without being shown.
 * @throws PreconditionError when it is a notebook, UserError when it cannot be read as text
 */
export async function openAsText(uri: vscode.Uri): Promise<vscode.TextDocument> {
  if (isNotebook(uri)) throw notebook(uri);
  try {
    return await openedDocument(uri);
  } catch (error) {
    throw new UserError(`${documentName(uri)} ${await whyNotRead(uri, error)}.`);
  }
}

async function whyNotRead(uri: vscode.Uri, error: unknown): Promise<string> {
  // VS Code gives this reason in words only.
  if (error instanceof Error && error.message.includes("50MB"))
    return "is over 50 MB, more than VS Code gives extensions: split it to have it classified";
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    return "is not there any more or cannot be opened: choose it where it is now";
  }
  return "cannot be read, or not as text: save what it says as text, from the program that it belongs to, and classify that";
}
