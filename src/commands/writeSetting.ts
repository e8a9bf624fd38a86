import * as vscode from "vscode";
import { firstLine, UserError } from "../errors";
import type { SettingName, SettingValues } from "../settings";

/** @throws UserError with VS Code's own reason, such as a mistake in the settings file, and its way out */
export async function writeSetting<K extends SettingName>(
  name: K,
  value: SettingValues[K],
  target: vscode.ConfigurationTarget,
): Promise<void> {
  try {
    await vscode.workspace.getConfiguration("ponet").update(name, value, target);
  } catch (error) {
    throw new UserError(`ponet.${name} cannot be written: ${firstLine(error)}.`, { cause: error });
  }
}
