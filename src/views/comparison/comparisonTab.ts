import * as vscode from "vscode";
import { excerpt } from "../../analysis/excerpt";
import { documentName } from "../../editor/documentName";
import type { Notifier } from "../../editor/notifier";
import type { Reading } from "../../readings/reading";
import { isUnchanged } from "../../readings/staleness";
import { loadPage } from "../loadPage";
import { revealSegment } from "../revealSegment";
import { parseFromComparison } from "./messages";
import type { Comparison, Pair, ToComparison } from "./protocol";

/** One of the two that are compared, as the host knows it. */
export interface Compared {
  /** The model's or the document's name, whichever differs. */
  readonly title: string;
  readonly document: vscode.TextDocument;
  readonly reading: Reading;
}

/** The type of the editor tabs. */
export const COMPARISON = "ponet.comparison";

/**
 * Opens an editor tab that shows two readings on the same axes for as long as it is open. It comes up when the readings are
 * there, while somebody may be writing: the focus is left where it is.
 */
export function openComparison(
  extensionFolder: vscode.Uri,
  facts: Omit<Comparison, "sides">,
  compared: Pair<Compared>,
  notifier: Notifier,
): void {
  const title = `${compared[0].title} and ${compared[1].title}`;
  const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
  const tab = vscode.window.createWebviewPanel(COMPARISON, title, place);
  showComparison(tab, extensionFolder, facts, compared, notifier);
}

/** Shows two readings in a tab. */
export function showComparison(
  tab: vscode.WebviewPanel,
  extensionFolder: vscode.Uri,
  { of, common }: Omit<Comparison, "sides">,
  compared: Pair<Compared>,
  notifier: Notifier,
): void {
  const post = (message: ToComparison): void => {
    void tab.webview.postMessage(message);
  };
  const edited = new Map<string, vscode.Uri>();
  for (const { document, reading } of compared) {
    if (document.version !== reading.version) edited.set(document.uri.toString(), document.uri);
  }
  const tellStale = (): void => {
    const [uri] = edited.values();
    const why = uri && `${documentName(uri)} has been edited since: compare again to see it as it is.`;
    post({ type: "stale", ...(why !== undefined && { why }) });
  };
  const sides = [sideOf(compared[0]), sideOf(compared[1])] as const;
  // By the address: a document that is closed and opened again is another one.
  const sideWith = ({ uri }: vscode.TextDocument): Compared | undefined =>
    compared.find(({ document }) => document.uri.toString() === uri.toString());
  const follow = (document: vscode.TextDocument, mayBeAsCompared: boolean): void => {
    const side = sideWith(document);
    if (!side) return;
    if (mayBeAsCompared && isUnchanged(document, side.reading)) edited.delete(document.uri.toString());
    else edited.set(document.uri.toString(), document.uri);
    tellStale();
  };
  const subscriptions = [
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
      // What is typed seldom gives a text back; to compare all of it for every key would take long.
      const isTyped = reason === undefined && document.isDirty;
      // A revert is told as any edit is, and only then that there is nothing to save any more.
      const isClean = !document.isDirty && edited.has(document.uri.toString());
      if (contentChanges.length > 0 || isClean) follow(document, !isTyped);
    }),
    vscode.workspace.onDidOpenTextDocument((document) => {
      follow(document, true);
    }),
  ];
  tab.onDidDispose(() => {
    for (const subscription of subscriptions) subscription.dispose();
  });
  loadPage(tab, extensionFolder, "comparison", parseFromComparison, (request) => {
    if (request.type === "ready") {
      post({ type: "comparison", comparison: { of, common, sides } });
      if (edited.size > 0) tellStale();
      return;
    }
    if (request.type === "compare") return;
    const { document, reading } = compared[request.side];
    const { analysis, text } = reading;
    if (request.type === "excerpts") {
      const texts = request.segments.map((segment) => excerpt(text, analysis.bounds, segment));
      post({ ...request, texts });
    } else {
      const { segment, focus } = request;
      void notifier.watch("Revealing the segment", () => revealSegment(document, reading, segment, focus));
    }
  });
}

/** Shows in a tab that its comparison is there no more, and the way to make it again. @param why One sentence. */
export function showGone(tab: vscode.WebviewPanel, extensionFolder: vscode.Uri, why: string, document?: string): void {
  loadPage(tab, extensionFolder, "comparison", parseFromComparison, ({ type }) => {
    if (type === "ready") void tab.webview.postMessage({ type: "gone", why } satisfies ToComparison);
    const uri = document === undefined ? undefined : vscode.Uri.parse(document);
    if (type === "compare") void vscode.commands.executeCommand("ponet.compareWith", uri);
  });
}

function sideOf({ title, document, reading }: Compared): Comparison["sides"][0] {
  return { title, uri: document.uri.toString(), analysis: reading.analysis };
}
