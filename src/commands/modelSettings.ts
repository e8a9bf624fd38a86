import * as vscode from "vscode";
import type { SettingName, Settings, SettingValues } from "../settings";
import { writeSetting } from "./writeSetting";

/** The end of the last change of the list. */
let last: Promise<void> = Promise.resolve();

/** Makes a model the one that classifies: a bundled id or an absolute path. @throws UserError as {@link writeSetting} */
export async function useModel(model: string): Promise<void> {
  await write("model", model);
}

/**
 * Lists a checkpoint folder in `ponet.modelFolders`, once.
 * @throws UserError when the setting is not a list to add to or cannot be written
 */
export async function listModelFolder(settings: Settings, folder: string): Promise<void> {
  await inTurn(async () => {
    const folders = settings.getForChange("modelFolders");
    if (!folders.includes(folder)) await write("modelFolders", [...folders, folder]);
  });
}

/**
 * Takes a checkpoint folder off `ponet.modelFolders`; the folder itself stays.
 * @throws UserError when the setting is not a list to take from or cannot be written
 */
export async function unlistModelFolder(settings: Settings, folder: string): Promise<void> {
  await inTurn(async () => {
    const folders = settings.getForChange("modelFolders");
    await write(
      "modelFolders",
      folders.filter((other) => other !== folder),
    );
  });
}

/** Changes the list once the last change is written, which it would take back otherwise. */
function inTurn(change: () => Promise<void>): Promise<void> {
  const turn = last.then(change);
  last = turn.catch(() => undefined);
  return turn;
}

/** Models belong to the machine, so its user's settings are where they are written. */
function write<K extends SettingName>(name: K, value: SettingValues[K]): Promise<void> {
  return writeSetting(name, value, vscode.ConfigurationTarget.Global);
}
