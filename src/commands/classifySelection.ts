import { keepTab } from "../editor/keepTab";
import { PreconditionError } from "../errors";
import type { Classifier } from "../readings/classifier";
import type { ShownDocument } from "../readings/shownDocument";
import type { Panel } from "../views/panel/panel";
import { targetEditor } from "./target";

/** "PoNet: Classify Selection": the selected text of the active editor. */
export async function classifySelection(classifier: Classifier, panel: Panel, shown: ShownDocument): Promise<void> {
  const editor = await targetEditor(undefined, shown);
  if (editor.selection.isEmpty) throw new PreconditionError("Select some text first: PoNet classifies the selection.");
  await keepTab(editor.document.uri);
  await panel.show();
  // Now: what was typed meanwhile has moved it.
  await classifier.classify(editor.document, editor.selection);
}
