import * as vscode from "vscode";
import { openedDocument } from "../../editor/documentAt";
import type { Notifier } from "../../editor/notifier";
import type { Analyses } from "../../readings/analyses";
import type { ReadingStore } from "../../readings/readingStore";
import { isAsCompared } from "./asCompared";
import { COMPARISON, showComparison, showGone, type Compared } from "./comparisonTab";
import { parseOrigin } from "./messages";
import type { Origin } from "./protocol";

/** After a reload of the window, makes the comparisons in its tabs again from the readings that are kept. */
export function restoreComparisons(
  extensionFolder: vscode.Uri,
  analyses: Analyses,
  store: ReadingStore,
  notifier: Notifier,
): vscode.Disposable {
  const find = async (side: Origin["sides"][0]): Promise<Compared | undefined> => {
    const document = await opened(side.uri);
    if (!document) return undefined;
    await store.settled();
    const reading = analyses.get(document.uri)?.reading;
    return reading && isAsCompared(reading, side, document) ? { title: side.title, document, reading } : undefined;
  };
  return vscode.window.registerWebviewPanelSerializer(COMPARISON, {
    async deserializeWebviewPanel(tab: vscode.WebviewPanel, state: unknown): Promise<void> {
      const closing = new AbortController();
      tab.onDidDispose(() => {
        closing.abort();
      });
      const origin = parseOrigin(state);
      const [first, second] = origin ? await Promise.all(origin.sides.map(find)) : [];
      if (closing.signal.aborted) return;
      // A document has one reading: one that is found for both sides is not what was compared.
      if (origin && first && second && first.reading !== second.reading)
        showComparison(tab, extensionFolder, origin, [first, second], notifier);
      else showGone(tab, extensionFolder, whyGone(origin, first), origin?.sides[0].uri);
    },
  });
}

/** The document, also where it has no editor; undefined where it is not there any more. */
async function opened(uri: string): Promise<vscode.TextDocument | undefined> {
  try {
    return await openedDocument(vscode.Uri.parse(uri));
  } catch {
    return undefined;
  }
}

/** @param first The first side, if its reading is still there. */
function whyGone(origin: Origin | undefined, first: Compared | undefined): string {
  if (!origin) return "What was compared here is not known any more: run PoNet: Compare With again.";
  const { title } = origin.sides[first ? 1 : 0];
  return `The analysis of ${title} that was compared is not there any more: compare again to see both.`;
}
