import * as vscode from "vscode";

/** Has the active tab of a document stay where it is a preview: the next file to be looked at would end its analysis. */
export async function keepTab(document: vscode.Uri): Promise<void> {
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  const isOf =
    activeTab?.input instanceof vscode.TabInputText && activeTab.input.uri.toString() === document.toString();
  if (isOf && activeTab.isPreview) await vscode.commands.executeCommand("workbench.action.keepEditor");
}
