import * as vscode from "vscode";
import type { SettingName, Settings, SettingValues } from "../settings";
import { writeSetting } from "./writeSetting";

/** Makes a model the one that classifies: a bundled id or an absolute path. @throws UserError as {@link writeSetting} */
export async function useModel(model: string): Promise<void> {
  await write("model", model);
}

/**
 * Lists a checkpoint folder in `ponet.modelFolders`, once.
 * @throws UserError when the setting is not a list to add to or cannot be written
 */
export async function listModelFolder(settings: Settings, folder: string): Promise<void> {
  const folders = settings.getForChange("modelFolders");
  if (!folders.includes(folder)) await write("modelFolders", [...folders, folder]);
}

/**
 * Takes a checkpoint folder off `ponet.modelFolders`; the folder itself stays.
 * @throws UserError when the setting is not a list to take from or cannot be written
 */
export async function unlistModelFolder(settings: Settings, folder: string): Promise<void> {
  const folders = settings.getForChange("modelFolders");
  await write(
    "modelFolders",
    folders.filter((other) => other !== folder),
  );
}

/** Models belong to the machine, so its user's settings are where they are written. */
function write<K extends SettingName>(name: K, value: SettingValues[K]): Promise<void> {
  return writeSetting(name, value, vscode.ConfigurationTarget.Global);
}
