import * as vscode from "vscode";
import { documentAt } from "../editor/documentAt";
import type { Analyses } from "../readings/analyses";
import type { ShownDocument } from "../readings/shownDocument";
import type { Panel } from "../views/panel/panel";

/**
 * Has the panel show a document's analysis, which is made where there is none that is current, of all of it, and by the model as
 * it is by now.
 * @param modelKey that of the model that is set, "" where that cannot be found
 */
export async function showAnalysis(
  analyses: Analyses,
  shown: ShownDocument,
  panel: Panel,
  modelKey: () => Promise<string>,
  uri: vscode.Uri,
): Promise<void> {
  const document = documentAt(uri);
  if (document) shown.show(document);
  const key = await modelKey();
  const reading = document && analyses.current(document);
  if (reading && !reading.selection && reading.analysis.modelKey === key) await panel.show();
  else await vscode.commands.executeCommand("ponet.classifyDocument", uri);
}
