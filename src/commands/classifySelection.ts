import { UserError } from "../errors";
import type { Classifier } from "./classifier";
import { revealPanel } from "./revealPanel";
import { targetEditor } from "./target";

/** "PoNet: Classify Selection": the selected text of the active editor. */
export async function classifySelection(classifier: Classifier): Promise<void> {
  const { document, selection } = await targetEditor(undefined);
  if (selection.isEmpty) throw new UserError("Select some text first: PoNet classifies the selection.");
  await revealPanel();
  await classifier.classify(document, selection);
}
