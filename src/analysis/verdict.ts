import { argmax, softmax, type HeadAnalysis, type HeadScores } from "./analysis";

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
export function segmentVerdict(head: HeadAnalysis, segment: number): Verdict {
  const L = head.labels.length;
  return verdict(head, softmax(head.segmentLogits.subarray(segment * L, (segment + 1) * L)));
}

function verdict({ labels, threshold }: HeadScores, scores: Float32Array): Verdict {
  const best = argmax(scores);
  const score = scores[best] ?? 0;
  return { label: labels[best] ?? "", score, sure: threshold === undefined || score >= threshold };
}
