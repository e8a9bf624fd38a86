import { homedir } from "node:os";
import * as vscode from "vscode";
import { documentName } from "../editor/documentName";
import type { Notifier } from "../editor/notifier";
import { firstLine, UserError } from "../errors";

/** How long a turn of the event loop is taken for at most, in milliseconds: other extensions wait for it. */
const TURN_MS = 10;

/**
 * Writes an export and tells of it, with a way to open it.
 * @param pieces The file's content, which is made over as many turns of the event loop as that takes.
 * @param what How the message names it.
 * @throws UserError naming a file that cannot be written.
 */
export async function saveExport(
  target: vscode.Uri,
  pieces: Iterable<string | Uint8Array>,
  what: string,
  notifier: Notifier,
): Promise<void> {
  const name = documentName(target);
  const content = await joined(pieces);
  try {
    await vscode.workspace.fs.writeFile(target, content);
  } catch (error) {
    throw new UserError(`${name} cannot be written (${firstLine(error)}): choose another place.`);
  }
  notifier.information(`${what} exported to ${name}.`, {
    title: "Open",
    run: () =>
      isPage(target) ? vscode.env.openExternal(target) : vscode.commands.executeCommand("vscode.open", target),
  });
}

/** Where the export of something that is nowhere itself goes unless the user says otherwise. */
export function exportFolder(): vscode.Uri {
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri;
  return workspace && isWritable(workspace) ? workspace : vscode.Uri.file(homedir());
}

/** Whether files can be written where this one is; not so in a repository on the network that is only looked at, say. */
export function isWritable({ scheme }: vscode.Uri): boolean {
  return vscode.workspace.fs.isWritableFileSystem(scheme) === true;
}

/** Whether the user's browser can show the file, whose text would say little. */
function isPage({ path, scheme }: vscode.Uri): boolean {
  const isHere = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
  return isHere && scheme === "file" && path.endsWith(".html");
}

/** The bytes of some pieces end to end. */
async function joined(pieces: Iterable<string | Uint8Array>): Promise<Uint8Array> {
  const made: Uint8Array[] = [];
  await overTurns(pieces, (piece) => made.push(typeof piece === "string" ? Buffer.from(piece) : piece));
  const all = Buffer.allocUnsafe(made.reduce((bytes, { length }) => bytes + length, 0));
  let at = 0;
  await overTurns(made, (piece) => {
    all.set(piece, at);
    at += piece.length;
  });
  return all;
}

/** Does something with each item, and leaves the event loop to others whenever that has taken it for a turn. */
async function overTurns<T>(items: Iterable<T>, work: (item: T) => void): Promise<void> {
  let turn = performance.now();
  for (const item of items) {
    work(item);
    if (performance.now() - turn < TURN_MS) continue;
    await new Promise(setImmediate);
    turn = performance.now();
  }
}
