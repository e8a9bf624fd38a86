import * as vscode from "vscode";
import { documentAt } from "../editor/documentAt";
import { areAlike, DECISIVE, type Settings } from "../settings";
import type { Analyses } from "./analyses";
import type { Classifier } from "./classifier";
import type { ShownDocument } from "./shownDocument";
import { OTHER_MODEL, OTHER_SETTINGS } from "./staleness";

/**
 * When a setting that decides results changes, or the language of a document for which it has another value, marks every
 * reading stale that was made with others, and classifies again the shown document and those under way; the others wait until
 * somebody asks. One that was made with what is set again is taken for current only if the model is still the one that made it.
 * @param modelKey that of the model that is set, "" where that cannot be found
 */
export function reclassifyOnChange(
  settings: Settings,
  analyses: Analyses,
  shown: ShownDocument,
  classifier: Classifier,
  modelKey: () => Promise<string>,
): vscode.Disposable {
  /** @param retries whether what failed is tried again: not where the language is another, which need not change anything */
  const check = async (document: vscode.TextDocument, retries: boolean): Promise<void> => {
    const { uri } = document;
    const state = analyses.get(uri);
    // Cleared while the model was looked at.
    if (!state) return;
    const { reading } = state;
    const asSet = settings.decisiveOf(document);
    let isAsSet = reading !== undefined && areAlike(reading.settings, asSet);
    if (!isAsSet) {
      analyses.outdate(uri, OTHER_SETTINGS);
    } else if (reading?.stale === OTHER_SETTINGS) {
      const key = await modelKey();
      // Other settings have a check of their own by now.
      if (!areAlike(settings.decisiveOf(document), asSet)) return;
      if (analyses.get(uri)?.reading !== reading) return check(document, retries);
      isAsSet = key === reading.analysis.modelKey;
      if (isAsSet) analyses.renew(document);
      // One that is away, on a drive, say, may be the one of then: the next change looks again.
      else if (key !== "") analyses.outdate(uri, OTHER_MODEL);
    }
    const { running, failure } = analyses.get(uri) ?? {};
    if (running) {
      if (areAlike(running.read.settings, asSet)) return;
      // Here, because nothing is read again where the part that is being read has been replaced.
      running.abort.abort();
      if (!analyses.current(document)) void classifier.again(document);
    } else if (document === shown.document && ((reading && !isAsSet) || (retries && failure !== undefined))) {
      void classifier.again(document);
    }
  };
  const subscriptions = [
    settings.onDidChange((changed) => {
      if (!DECISIVE.some((name) => changed.has(name))) return;
      for (const { uri } of analyses.all()) {
        const document = documentAt(uri);
        if (document) void check(document, true);
      }
    }),
    // A change of language closes a document and opens it again.
    vscode.workspace.onDidOpenTextDocument((document) => {
      void check(document, false);
    }),
  ];
  return vscode.Disposable.from(...subscriptions);
}
