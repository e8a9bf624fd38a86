import type { Analyses } from "../readings/analyses";
import type { ShownDocument } from "../readings/shownDocument";

/** Cancel in the panel: ends the analysis of the document that it speaks of, which keeps the reading it had. */
export function cancelShown(analyses: Analyses, { document }: ShownDocument): void {
  if (document) analyses.get(document.uri)?.running?.abort.abort();
}
