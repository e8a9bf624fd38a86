import * as vscode from "vscode";

/** Opens the panel and leaves the focus in the editor. */
export async function revealPanel(): Promise<void> {
  await vscode.commands.executeCommand("ponet.panel.focus", { preserveFocus: true });
}
