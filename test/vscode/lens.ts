import assert from "node:assert/strict";
import { join } from "node:path";
import * as vscode from "vscode";
import type { PonetLens } from "../../src/extension";
import type { DocumentState } from "../../src/readings/analyses";
import type { Reading } from "../../src/readings/reading";
import { until } from "../harness/until";

export { until };

/** The extension under test. */
export function extension(): vscode.Extension<PonetLens> {
  const found = vscode.extensions.getExtension<PonetLens>("ponet-lens.ponet-lens");
  assert.ok(found, "the extension is not installed");
  return found;
}

/** The extension's rooms, once it is active. */
export function lens(): Promise<PonetLens> {
  return Promise.resolve(extension().activate());
}

/** Opens the sample document of the workspace. */
export function openSample(): Thenable<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, "no workspace is open");
  return vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, "sample.txt"));
}

/** Opens an untitled document. */
export async function openText(content: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content }));
}

/** Opens an untitled document that takes the engine long enough to be interfered with. */
export async function openLongText(times = 10): Promise<vscode.TextEditor> {
  const { document } = await openSample();
  return openText(document.getText().repeat(times));
}

export async function classify(): Promise<void> {
  await vscode.commands.executeCommand("ponet.classifyDocument");
}

/** The document's reading after a classification that must succeed. */
export async function classified(document: vscode.TextDocument): Promise<Reading> {
  const { analyses } = await lens();
  await classify();
  const state = analyses.get(document.uri);
  assert.equal(state?.failure, undefined);
  assert.ok(state?.reading, "there is no reading");
  return state.reading;
}

/** Starts a classification of the active document and returns once the model reads it. */
export async function startClassifying(document: vscode.TextDocument): Promise<{ readonly end: Promise<void> }> {
  const end = classify();
  await stateOf(document, (state) => state?.running?.phase === "inferring");
  return { end };
}

/** Waits for the document's state to satisfy a condition. */
export async function stateOf(
  document: vscode.TextDocument,
  condition: (state: DocumentState | undefined) => boolean,
): Promise<void> {
  const { analyses } = await lens();
  await until(() => condition(analyses.get(document.uri)));
}

/** What accepts a pick's row, or a dialog, as Enter does. */
export const ACCEPT = "workbench.action.acceptSelectedQuickOpenItem";

/** Runs a command and answers the picks and dialogs it opens by these commands, again and again until it has ended. */
export async function answering(keys: readonly string[], command: string, argument?: unknown): Promise<void> {
  // In one step, so that a pick cannot open between two keys.
  const pressing = setInterval(() => void vscode.commands.executeCommand("runCommands", { commands: keys }), 100);
  try {
    await vscode.commands.executeCommand(command, argument);
  } finally {
    clearInterval(pressing);
  }
}

/** The messages that are shown while `work` runs. */
export async function messagesDuring(work: () => Promise<unknown>): Promise<string[]> {
  const { notifier } = await lens();
  const messages: string[] = [];
  const subscription = notifier.onDidShow(({ message }) => messages.push(message));
  try {
    await work();
  } finally {
    subscription.dispose();
  }
  return messages;
}

/** What the hovers at a position of the document say, in Markdown; empty where there is none. */
export async function hoverAt({ uri }: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", uri, position);
  const contents = hovers.flatMap(({ contents }) => contents);
  return contents.map((content) => (content instanceof vscode.MarkdownString ? content.value : "")).join("\n");
}

/** Writes a setting as a user does; `undefined` takes it back. */
export async function set(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration("ponet").update(name, value, vscode.ConfigurationTarget.Global);
}

/** Writes a setting of Markdown's alone; `undefined` takes it back. */
export async function setOfMarkdown(name: string, value: unknown): Promise<void> {
  const configuration = vscode.workspace.getConfiguration("ponet", { languageId: "markdown" });
  await configuration.update(name, value, vscode.ConfigurationTarget.Global, true);
}

/** The folder of the bundled model. */
export function bundledModel(): string {
  return join(extension().extensionPath, "models", "ponet-tiny");
}

/** Closes every editor and throws away what was not saved. */
export async function closeEditors(): Promise<void> {
  while (vscode.window.tabGroups.activeTabGroup.activeTab) {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
}
