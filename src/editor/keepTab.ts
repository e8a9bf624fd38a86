import * as vscode from "vscode";

/** Has a document's tab stay where it is a preview: the next file to be looked at would end the document's analysis. */
export async function keepTab(document: vscode.Uri): Promise<void> {
  const isPreview = ({ input, isPreview }: vscode.Tab): boolean =>
    isPreview && input instanceof vscode.TabInputText && input.uri.toString() === document.toString();
  // One behind another tab is left there.
  const group = vscode.window.tabGroups.all.find(({ activeTab }) => activeTab && isPreview(activeTab));
  if (!group) return;
  const { viewColumn } = group;
  await vscode.window.showTextDocument(document, { viewColumn, preview: false, preserveFocus: true });
}
