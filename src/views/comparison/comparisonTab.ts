import * as vscode from "vscode";
import { excerpt } from "../../analysis/excerpt";
import { segmentCount } from "../../analysis/segmentFigures";
import type { Reading } from "../analyses";
import { documentName } from "../documentName";
import { revealSegment } from "../revealSegment";
import { webPage } from "../webPage";
import { parseFromComparison } from "./messages";
import type { Comparison, FromComparison, Pair, ToComparison } from "./protocol";

/** One of the two that are compared, as the host knows it. */
export interface Compared {
  /** The model's or the document's name, whichever differs. */
  readonly title: string;
  readonly document: vscode.TextDocument;
  readonly reading: Reading;
}

/** Opens an editor tab that shows two readings on the same axes for as long as it is open. */
export function openComparison(
  extensionFolder: vscode.Uri,
  { of, common }: Omit<Comparison, "sides">,
  compared: Pair<Compared>,
): void {
  const [first, second] = compared;
  const title = `${first.title} and ${second.title}`;
  const tab = vscode.window.createWebviewPanel("ponet.comparison", title, vscode.ViewColumn.Beside);
  tab.iconPath = vscode.Uri.joinPath(extensionFolder, "media", "icon.svg");
  const folder = vscode.Uri.joinPath(extensionFolder, "dist", "webview");
  tab.webview.options = { enableScripts: true, localResourceRoots: [folder] };
  const post = (message: ToComparison): void => {
    void tab.webview.postMessage(message);
  };
  const tellStale = (): void => {
    const edited = compared.find(({ document, reading }) => document.version !== reading.version);
    if (!edited) return;
    const why = `${documentName(edited.document.uri)} has been edited since: compare again to see it as it is.`;
    post({ type: "stale", why });
  };
  const sides = [sideOf(first), sideOf(second)] as const;

  const handle = (request: FromComparison): void => {
    if (request.type === "ready") {
      post({ type: "comparison", comparison: { of, common, sides } });
      tellStale();
      return;
    }
    const { document, reading } = compared[request.side];
    const { analysis, text } = reading;
    if (request.type === "excerpts") {
      const texts = request.segments.map((segment) => excerpt(text, analysis.bounds, segment));
      post({ ...request, texts });
    } else if (request.segment < segmentCount(analysis)) {
      void revealSegment(document, reading, request.segment, request.focus);
    }
  };
  const subscriptions = [
    tab.webview.onDidReceiveMessage((message: unknown) => {
      const request = parseFromComparison(message);
      if (request) handle(request);
    }),
    vscode.workspace.onDidChangeTextDocument((event) => {
      if (compared.some(({ document }) => document === event.document)) tellStale();
    }),
  ];
  tab.onDidDispose(() => {
    for (const subscription of subscriptions) subscription.dispose();
  });
  tab.webview.html = webPage(tab.webview, folder, "comparison");
}

function sideOf({ title, reading }: Compared): Comparison["sides"][0] {
  return { title, analysis: reading.analysis };
}
