import type { EngineClient } from "../engine/client";
import type { Analyses } from "../views/analyses";
import type { Notifier } from "../views/notifier";
import type { ShownDocument } from "../views/shownDocument";
import type { Classifier } from "./classifier";

/**
 * "PoNet: Try Execution Providers Again": forgets how each did, after a new driver or GPU, say. The document on show, if
 * it was classified, is classified again, which tries them; else the next one does.
 */
export async function tryProvidersAgain(
  engine: EngineClient,
  classifier: Classifier,
  analyses: Analyses,
  shown: ShownDocument,
  notifier: Notifier,
): Promise<void> {
  await engine.forgetProviders();
  const { document } = shown;
  if (document && analyses.current(document)) await classifier.again(document);
  else notifier.information("The next document to be classified tries the execution providers again.");
}
