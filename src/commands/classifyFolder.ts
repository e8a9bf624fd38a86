import { homedir } from "node:os";
import * as vscode from "vscode";
import { UserError } from "../errors";
import type { Corpora } from "../views/corpus/corpora";

/**
 * "PoNet: Classify Folder": the folder that the explorer passes, else one that a dialog asks for.
 * @throws UserError when the folder is not on this machine's disk
 */
export async function classifyFolder(corpora: Corpora, uri: vscode.Uri | undefined): Promise<void> {
  const folder = uri ?? (await askForFolder());
  if (!folder) return;
  if (folder.scheme !== "file") {
    throw new UserError(
      `${folder.toString(true)} is not on this machine's disk, where folders are read from: copy it there and classify the copy.`,
    );
  }
  await corpora.classify(folder.fsPath);
}

async function askForFolder(): Promise<vscode.Uri | undefined> {
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri;
  const folders = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    // In a virtual workspace the dialog would open there, where no folder can be chosen.
    ...(workspace && { defaultUri: workspace.scheme === "file" ? workspace : vscode.Uri.file(homedir()) }),
    openLabel: "Classify Folder",
    title: "Choose a folder of documents",
  });
  return folders?.[0];
}
