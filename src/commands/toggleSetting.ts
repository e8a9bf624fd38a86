import * as vscode from "vscode";
import type { Settings } from "../settings";
import { writeSetting } from "./writeSetting";

/**
 * "PoNet: Toggle …": writes the setting where it is set, else to the user's settings.
 * @throws UserError as {@link writeSetting}
 */
export async function toggleSetting(settings: Settings, name: "highlights" | "live"): Promise<void> {
  const inWorkspace = vscode.workspace.getConfiguration("ponet").inspect(name)?.workspaceValue !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await writeSetting(name, !settings.get(name), target);
}
