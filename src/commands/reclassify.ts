import * as vscode from "vscode";
import { DECISIVE, type Settings } from "../settings";
import type { Analyses } from "../views/analyses";
import type { ShownDocument } from "../views/shownDocument";
import { OTHER_SETTINGS } from "../views/staleness";
import type { Classifier } from "./classifier";

/**
 * When a setting that decides results changes, marks every reading stale and classifies again the shown document and
 * those under way; the others wait until somebody asks.
 */
export function reclassifyOnChange(
  settings: Settings,
  analyses: Analyses,
  shown: ShownDocument,
  classifier: Classifier,
): vscode.Disposable {
  return settings.onDidChange((changed) => {
    if (!DECISIVE.some((name) => changed.has(name))) return;
    for (const state of analyses.all()) {
      analyses.outdate(state.uri, OTHER_SETTINGS);
      const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === state.uri.toString());
      if (document && (state.running || document === shown.document)) {
        void classifier.again(document);
      }
    }
  });
}
