import * as vscode from "vscode";
import { documentAt } from "../editor/documentAt";
import { areAlike, DECISIVE, type Settings } from "../settings";
import type { Analyses } from "./analyses";
import type { Classifier } from "./classifier";
import type { ShownDocument } from "./shownDocument";
import { OTHER_SETTINGS } from "./staleness";

/**
 * When a setting that decides results changes, marks every reading stale that was made with others, and classifies again the
 * shown document and those under way; the others wait until somebody asks.
 */
export function reclassifyOnChange(
  settings: Settings,
  analyses: Analyses,
  shown: ShownDocument,
  classifier: Classifier,
): vscode.Disposable {
  return settings.onDidChange((changed) => {
    if (!DECISIVE.some((name) => changed.has(name))) return;
    for (const { uri, reading, running } of analyses.all()) {
      const document = documentAt(uri);
      if (!document) continue;
      if (reading && areAlike(reading.settings, settings.decisive)) analyses.renew(document);
      else analyses.outdate(uri, OTHER_SETTINGS);
      if (!running && document !== shown.document) continue;
      // A run under way reads with the settings of before.
      if (analyses.current(document)) running?.abort.abort();
      else void classifier.again(document);
    }
  });
}
