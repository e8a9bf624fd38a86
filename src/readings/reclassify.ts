import * as vscode from "vscode";
import { documentAt } from "../editor/documentAt";
import { areAlike, DECISIVE, type Settings } from "../settings";
import type { Analyses } from "./analyses";
import type { Classifier } from "./classifier";
import type { ShownDocument } from "./shownDocument";
import { OTHER_SETTINGS } from "./staleness";

/**
 * When a setting that decides results changes, or the language of a document for which it has another value, marks every
 * reading stale that was made with others, and classifies again the shown document and those under way; the others wait until
 * somebody asks.
 */
export function reclassifyOnChange(
  settings: Settings,
  analyses: Analyses,
  shown: ShownDocument,
  classifier: Classifier,
): vscode.Disposable {
  const check = (document: vscode.TextDocument): void => {
    const { reading, running, failure } = analyses.get(document.uri) ?? {};
    const asSet = settings.decisiveOf(document);
    const isAsSet = reading !== undefined && areAlike(reading.settings, asSet);
    if (isAsSet) analyses.renew(document);
    else analyses.outdate(document.uri, OTHER_SETTINGS);
    if (running) {
      if (areAlike(running.read.settings, asSet)) return;
      if (analyses.current(document)) running.abort.abort();
      else void classifier.again(document);
    } else if (document === shown.document && (!isAsSet || failure !== undefined)) {
      void classifier.again(document);
    }
  };
  const subscriptions = [
    settings.onDidChange((changed) => {
      if (!DECISIVE.some((name) => changed.has(name))) return;
      for (const { uri } of analyses.all()) {
        const document = documentAt(uri);
        if (document) check(document);
      }
    }),
    // A change of language closes a document and opens it again.
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (analyses.get(document.uri)) check(document);
    }),
  ];
  return vscode.Disposable.from(...subscriptions);
}
