import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

export type PageName = "panel" | "corpus" | "benchmark" | "comparison";

/**
 * A page of ours: one style sheet and one script, and nothing else may load or run.
 * @param folder holds the script and the style sheet, both called `name`
 * @param place has the background that the page lies on
 */
export function webPage(
  webview: vscode.Webview,
  folder: vscode.Uri,
  name: PageName,
  place: "editor" | "side-bar",
): string {
  const nonce = randomBytes(16).toString("base64");
  const script = webview.asWebviewUri(vscode.Uri.joinPath(folder, `${name}.js`)).toString();
  const styles = webview.asWebviewUri(vscode.Uri.joinPath(folder, `${name}.css`)).toString();
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
  <body class="in-${place}"></body>
</html>`;
}
