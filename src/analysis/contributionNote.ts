import type { Analysis, HeadAnalysis } from "./analysis";
import { counted, signed } from "./figures";
import { segmentCount } from "./segmentFigures";

/** What the figures of the segments are, in one sentence. @param label Index of the label in the head's. */
export function contributionNote(analysis: Analysis, head: HeadAnalysis, label: number): string {
  const name = head.labels[label] ?? "";
  const logit = signed(head.logits[label] ?? 0);
  const count = segmentCount(analysis);
  const segments = counted(count, "segment");
  if (head.contributionKind === "additive") {
    return count === 1
      ? `What the one segment adds to ${name}: its logit of ${logit}.`
      : `What each of ${segments} adds to ${name}; together, its logit of ${logit}.`;
  }
  return count === 1
    ? `What the logit of ${name}, ${logit}, loses without the one segment.`
    : `What the logit of ${name}, ${logit}, loses without each of ${segments}; those left out together share the loss by their tokens.`;
}
