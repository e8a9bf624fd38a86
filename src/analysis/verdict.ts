import { argmax, type Analysis, type HeadAnalysis, type HeadScores } from "./analysis";
import { scoresOf } from "./scores";

/** What a head comes down to: its best label, and whether to believe it. */
export interface Verdict {
  readonly label: string;
  /** 0 to 1 */
  readonly score: number;
  /** False when the score is below the head's threshold; a head without one is always sure. */
  readonly sure: boolean;
}

/** A head's verdict on the document. */
export function documentVerdict(head: HeadScores): Verdict {
  return verdict(head, head.scores);
}

/** A head's verdict on one segment, read by itself. */
export function segmentVerdict(
  { tokens, segmentTokens }: Pick<Analysis, "tokens" | "segmentTokens">,
  head: HeadAnalysis,
  segment: number,
): Verdict {
  const L = head.labels.length;
  const logits = head.segmentLogits.subarray(segment * L, (segment + 1) * L);
  // A head that is no mean head has none but the document's.
  if (head.contributionKind === "leave-one-out") return verdict(head, scoresOf(logits, tokens, head.temperature));
  return verdict(head, scoresOf(logits, segmentTokens[segment] ?? 0, head.segmentTemperature));
}

function verdict({ labels, threshold }: HeadScores, scores: Float32Array): Verdict {
  const best = argmax(scores);
  const score = scores[best] ?? 0;
  return { label: labels[best] ?? "", score, sure: threshold === undefined || score >= threshold };
}
