import * as vscode from "vscode";
import type { Report } from "../benchmark/report";
import { webPage } from "./webPage";

/** Opens a tab that shows one benchmark's figures for as long as it is open. */
export function openBenchmarkTab(extensionFolder: vscode.Uri, report: Report): void {
  const folder = vscode.Uri.joinPath(extensionFolder, "dist", "webview");
  const tab = vscode.window.createWebviewPanel("ponet.benchmark", "PoNet: This Machine", vscode.ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [folder],
  });
  // The page says that it has loaded, also after it was hidden, when it knows nothing any more.
  tab.webview.onDidReceiveMessage(() => {
    void tab.webview.postMessage(report);
  });
  tab.webview.html = webPage(tab.webview, folder, "benchmark");
}
