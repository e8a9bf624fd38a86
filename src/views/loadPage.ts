import * as vscode from "vscode";
import { webPage, type PageName } from "./webPage";

/**
 * Loads a page of ours into the side bar's view or an editor tab, which gets our icon.
 * @param parse checks a message from the page; undefined when it is none that the protocol knows, which is passed over
 * @param handle does what the page asks for
 * @returns leaves the page unheard sooner than its place ends
 */
export function loadPage<Request>(
  place: vscode.WebviewView | vscode.WebviewPanel,
  extensionFolder: vscode.Uri,
  name: PageName,
  parse: (message: unknown) => Request | undefined,
  handle: (request: Request) => void,
): vscode.Disposable {
  const { webview } = place;
  const folder = vscode.Uri.joinPath(extensionFolder, "dist", "webview");
  const isTab = "viewColumn" in place;
  if (isTab) place.iconPath = vscode.Uri.joinPath(extensionFolder, "media", "icon.svg");
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  const subscription = webview.onDidReceiveMessage((message: unknown) => {
    const request = parse(message);
    if (request !== undefined) handle(request);
  });
  webview.html = webPage(webview, folder, name, isTab ? "editor" : "side-bar");
  return subscription;
}
