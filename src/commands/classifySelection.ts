import { UserError } from "../errors";
import type { Panel } from "../views/panel";
import type { Classifier } from "./classifier";
import { targetEditor } from "./target";

/** "PoNet: Classify Selection": the selected text of the active editor. */
export async function classifySelection(classifier: Classifier, panel: Panel): Promise<void> {
  const { document, selection } = await targetEditor(undefined);
  if (selection.isEmpty) throw new UserError("Select some text first: PoNet classifies the selection.");
  await panel.show();
  await classifier.classify(document, selection);
}
