import * as vscode from "vscode";
import { visibleEditor } from "./visibleEditor";

/**
 * The column to show a document in: one that shows it already or has a tab of it, else the active one; beside the
 * panel where a column shows that.
 */
export function columnOf(uri: vscode.Uri): vscode.ViewColumn {
  const editor = visibleEditor(uri);
  if (editor?.viewColumn !== undefined) return editor.viewColumn;
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const isOf = ({ input }: vscode.Tab): boolean =>
    input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
  const group = all.find((each) => each.tabs.some(isOf) && !showsWebview(each));
  if (group) return group.viewColumn;
  return showsWebview(activeTabGroup) ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
}

function showsWebview({ activeTab }: vscode.TabGroup): boolean {
  return activeTab?.input instanceof vscode.TabInputWebview;
}
