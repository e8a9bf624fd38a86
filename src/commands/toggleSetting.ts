import * as vscode from "vscode";
import type { Settings } from "../settings";
import { writeSetting } from "./writeSetting";

const ANNOUNCED_MS = 3000;

/** What begins the words that say of each whether it is on. */
const SUBJECTS = { highlights: "PoNet's highlights are", live: "PoNet's live mode is" } as const;

/**
 * "PoNet: Toggle …": writes the setting where it is set, else to the user's settings, and tells what it is now: a document that
 * was not classified shows no difference.
 * @throws UserError as {@link writeSetting}
 */
export async function toggleSetting(settings: Settings, name: keyof typeof SUBJECTS): Promise<void> {
  const inWorkspace = vscode.workspace.getConfiguration("ponet").inspect(name)?.workspaceValue !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  const isOn = !settings.get(name);
  await writeSetting(name, isOn, target);
  vscode.window.setStatusBarMessage(`${SUBJECTS[name]} ${isOn ? "on" : "off"}`, ANNOUNCED_MS);
}
