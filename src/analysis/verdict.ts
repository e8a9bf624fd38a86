import { argmax, type Analysis, type HeadAnalysis, type HeadScores } from "./analysis";
import { scoresOf } from "./scores";

/** What a head comes down to: its best label, and whether to believe it. */
export interface Verdict {
  readonly label: string;
  /** 0 to 1 */
  readonly score: number;
  /** False when the score is below the head's threshold, where it has one, or the text is such that no score counts. */
  readonly sure: boolean;
}

/** A head's verdict on the document. */
export function documentVerdict(head: HeadScores): Verdict {
  return verdict(head, head.scores);
}

/**
 * A mean head's verdict on one segment, by the mean of its own tokens' logits; undefined for another head, which has logits of
 * the document alone.
 */
export function segmentVerdict(
  { tokens, segmentTokens }: Pick<Analysis, "tokens" | "segmentTokens">,
  head: HeadAnalysis,
  segment: number,
): Verdict | undefined {
  if (head.contributionKind !== "additive") return undefined;
  const L = head.labels.length;
  const own = segmentTokens[segment] ?? 0;
  // What it contributes is the sum of its tokens' logits over the document's tokens.
  const logits = head.contributions.subarray(segment * L, (segment + 1) * L).map((x) => (x * tokens) / own);
  return verdict(head, scoresOf(logits, own, head.segmentTemperature));
}

/** Why nothing that was said of a text is to be believed; undefined where nothing speaks against it. */
export function doubtAbout({ heads }: { readonly heads: readonly HeadScores[] }): string | undefined {
  return heads[0]?.doubt;
}

function verdict({ labels, threshold, doubt }: HeadScores, scores: Float32Array): Verdict {
  const best = argmax(scores);
  const score = scores[best] ?? 0;
  return {
    label: labels[best] ?? "",
    score,
    sure: doubt === undefined && (threshold === undefined || score >= threshold),
  };
}
