import { homedir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { cancellable } from "../editor/cancellable";
import type { EngineClient } from "../engine/client";
import { UserError } from "../errors";
import type { ModelDescription } from "../models/description";
import { spelledFolder, type Settings } from "../settings";
import { modelFacts } from "./modelFacts";
import { listModelFolder, useModel } from "./modelSettings";
import { chosen, separator, type ChoiceItem } from "./pick";

type Choice = "add" | "use";

/**
 * "PoNet: Add Model Folder": has the engine check a checkpoint folder, shows what it holds and, once that is accepted,
 * lists it in `ponet.modelFolders`.
 * @param argument the folder; without one a dialog asks
 * @throws UserError when the folder is not on this machine's disk or is no checkpoint
 */
export async function addModelFolder(
  engine: EngineClient,
  settings: Settings,
  argument: vscode.Uri | string | undefined,
): Promise<void> {
  const given = argument ?? (await askForFolder());
  if (given === undefined) return;
  const folder = folderPath(given);
  const description = await cancellable(`Checking "${path.basename(folder)}"`, (signal) =>
    engine.describe(folder, signal),
  );
  if (!description) return;
  const choice = await askWhetherToAdd(description);
  if (choice === undefined) return;
  await listModelFolder(settings, folder);
  if (choice === "use") await useModel(folder);
}

async function askForFolder(): Promise<vscode.Uri | undefined> {
  const folders = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    // In a virtual workspace the dialog would open there, where no model can be read from.
    defaultUri: vscode.Uri.file(homedir()),
    openLabel: "Check Folder",
    title: "Choose a PoNet checkpoint folder",
  });
  return folders?.[0];
}

/** @throws UserError where it is not on this machine's disk */
function folderPath(given: vscode.Uri | string): string {
  if (typeof given === "string" && !path.isAbsolute(given)) {
    throw new UserError(`"${given}" is not an absolute path: give the whole path of the checkpoint folder.`);
  }
  const uri = typeof given === "string" ? vscode.Uri.file(given) : given;
  if (uri.scheme !== "file") {
    throw new UserError(
      `${uri.toString(true)} is not on this machine's disk, where models are read from: copy the folder there and add the copy.`,
    );
  }
  return spelledFolder(uri);
}

function askWhetherToAdd(description: ModelDescription): Promise<Choice | undefined> {
  const pick = vscode.window.createQuickPick<ChoiceItem<Choice>>();
  pick.title = `PoNet: Add "${description.id}"`;
  pick.placeholder = description.folder;
  // What the engine took its time to find is not to vanish with a click elsewhere.
  pick.ignoreFocusOut = true;
  pick.items = [
    { label: "Add", description: "List it in Select Model", choice: "add" },
    { label: "Add and Use", description: "And classify with it from now on", choice: "use" },
    separator("found in the folder"),
    ...modelFacts(description),
  ];
  return chosen(pick);
}
