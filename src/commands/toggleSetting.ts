import * as vscode from "vscode";
import type { Settings } from "../settings";

/** "PoNet: Toggle …": writes the setting where it is set, else to the user's settings. */
export async function toggleSetting(settings: Settings, name: "highlights" | "live"): Promise<void> {
  const configuration = vscode.workspace.getConfiguration("ponet");
  const inWorkspace = configuration.inspect(name)?.workspaceValue !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update(name, !settings.get(name), target);
}
