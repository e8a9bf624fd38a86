import { PreconditionError } from "../errors";
import type { Classifier } from "../readings/classifier";
import type { ShownDocument } from "../readings/shownDocument";

/** "PoNet: Classify Again": what was asked for last of the document on show, all of it or a selection that edits moved. */
export async function classifyAgain(classifier: Classifier, shown: ShownDocument): Promise<void> {
  if (!shown.document) throw new PreconditionError("Open a document first: PoNet classifies it again as it is by now.");
  await classifier.again(shown.document);
}
