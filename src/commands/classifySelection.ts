import { isBlank } from "../document/space";
import { keepTab } from "../editor/keepTab";
import { PreconditionError } from "../errors";
import type { Classifier } from "../readings/classifier";
import type { ShownDocument } from "../readings/shownDocument";
import type { Panel } from "../views/panel/panel";
import { targetEditor } from "./target";

/** "PoNet: Classify Selection": the selected text of the active editor. */
export async function classifySelection(classifier: Classifier, panel: Panel, shown: ShownDocument): Promise<void> {
  const { document, selection } = await targetEditor(undefined, shown);
  const text = document.getText(selection);
  // A run would fail, and leave what was read before out of date.
  if (isBlank(text, 0, text.length))
    throw new PreconditionError("Select some text first: PoNet classifies the selection.");
  // Before anything that takes time: a key or a click may move it.
  const reading = classifier.classify(document, selection);
  await keepTab(document.uri);
  await panel.show();
  await reading;
}
