import type { Analyses } from "../readings/analyses";
import type { ShownDocument } from "../readings/shownDocument";

/** "PoNet: Clear Analysis": the document on show is again as if nobody had classified it. */
export function clearAnalysis(analyses: Analyses, { document }: ShownDocument): void {
  if (document) analyses.drop(document.uri);
}
