import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

/** The panel's page: one style sheet and one script of ours, and nothing else may load or run. */
export function panelPage(webview: vscode.Webview, folder: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64");
  const script = webview.asWebviewUri(vscode.Uri.joinPath(folder, "panel.js")).toString();
  const styles = webview.asWebviewUri(vscode.Uri.joinPath(folder, "panel.css")).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource} 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <!-- Where the widget toolkit looks for the nonce of a style element it tests the browser with. -->
    <meta property="csp-nonce" content="${nonce}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>PoNet Lens</title>
    <link rel="stylesheet" href="${styles}" />
    <script type="module" nonce="${nonce}" src="${script}"></script>
  </head>
  <body></body>
</html>`;
}
