import * as vscode from "vscode";
import type { Settings } from "../settings";
import type { Analyses } from "./analyses";
import type { Classifier } from "./classifier";
import type { ShownDocument } from "./shownDocument";
import { EDITED } from "./staleness";

/** How long nothing has to be typed. */
const PAUSE_MS = 500;

/**
 * In live mode, classifies a document again once its author pauses; a run on the text before ends at the first
 * keystroke. Once it is on, it begins with the shown document, if that was edited before and no run of it is under way. Documents
 * that nobody classified, and those of which a selection was read, are left alone.
 */
export function liveMode(
  settings: Settings,
  analyses: Analyses,
  shown: ShownDocument,
  classifier: Classifier,
): vscode.Disposable {
  const waiting = new Map<vscode.TextDocument, NodeJS.Timeout>();
  const isAwaited = (document: vscode.TextDocument): boolean => {
    const state = analyses.get(document.uri);
    // Nothing is known of a document whose first run the last keystroke ended.
    return state ? state.awaited === true : waiting.has(document);
  };
  const subscription = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length === 0 || !isAwaited(document)) return;
    clearTimeout(waiting.get(document));
    analyses.get(document.uri)?.running?.abort.abort();
    const timer = setTimeout(() => {
      // A run that was begun since has read what was typed, or the selection that somebody asked for; what was undone is read.
      const isDue = isAwaited(document) && !document.isClosed && !analyses.current(document);
      waiting.delete(document);
      if (isDue) void classifier.classify(document, undefined, true);
    }, PAUSE_MS);
    waiting.set(document, timer);
  });
  const beginning = settings.onDidChange((changed) => {
    const { document } = shown;
    const state = document && analyses.get(document.uri);
    if (!changed.has("live") || !state || state.running || state.reading?.stale !== EDITED) return;
    if (analyses.answersTyping(state)) void classifier.classify(document, undefined, true);
  });
  const forgetting = analyses.onDidDrop((uri) => {
    for (const [document, timer] of waiting) {
      if (document.uri.toString() !== uri.toString()) continue;
      clearTimeout(timer);
      waiting.delete(document);
    }
  });
  return vscode.Disposable.from(subscription, beginning, forgetting, {
    dispose: () => {
      for (const timer of waiting.values()) clearTimeout(timer);
    },
  });
}
