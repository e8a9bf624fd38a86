import type * as vscode from "vscode";
import { keepTab } from "../editor/keepTab";
import type { Classifier } from "../readings/classifier";
import type { ShownDocument } from "../readings/shownDocument";
import type { Panel } from "../views/panel/panel";
import { targetEditor } from "./target";

/** "PoNet: Classify Document": the given document, as the explorer and the editor title pass it, or the active one. */
export async function classifyDocument(
  classifier: Classifier,
  panel: Panel,
  shown: ShownDocument,
  uri: vscode.Uri | undefined,
): Promise<void> {
  const { document } = await targetEditor(uri, shown);
  // An editor that was in sight before has not become the active one.
  shown.show(document);
  await keepTab(document.uri);
  await panel.show();
  await classifier.classify(document);
}
