import * as vscode from "vscode";
import type { Settings } from "../settings";

/** "PoNet: Toggle Highlights": writes `ponet.highlights` where it is set, else to the user's settings. */
export async function toggleHighlights(settings: Settings): Promise<void> {
  const configuration = vscode.workspace.getConfiguration("ponet");
  const inWorkspace = configuration.inspect("highlights")?.workspaceValue !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update("highlights", !settings.get("highlights"), target);
}
