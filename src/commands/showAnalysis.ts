import * as vscode from "vscode";
import { documentAt } from "../editor/documentAt";
import type { Analyses } from "../readings/analyses";
import type { ShownDocument } from "../readings/shownDocument";
import type { Panel } from "../views/panel/panel";

/** Has the panel show a document's analysis, which is made where there is none that is current and of all of it. */
export async function showAnalysis(
  analyses: Analyses,
  shown: ShownDocument,
  panel: Panel,
  uri: vscode.Uri,
): Promise<void> {
  const document = documentAt(uri);
  if (document) shown.show(document);
  const reading = document && analyses.current(document);
  if (reading && !reading.selection) await panel.show();
  else await vscode.commands.executeCommand("ponet.classifyDocument", uri);
}
