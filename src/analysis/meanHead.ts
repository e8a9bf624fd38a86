import { softmax, type HeadAnalysis } from "./analysis";
import type { Pass, SegmentSums } from "./segmentSums";

/**
 * What a linear mean head says. Its logits are the mean of its tokens' logits, so a segment's contribution, the sum of
 * its tokens' logits over N, is exact, and the contributions add up to the document's logits.
 */
export class MeanHead {
  /** [K, L] Sums of the tokens' logits over each segment. */
  private readonly logitSums: Float64Array;

  constructor(
    private readonly name: string,
    private readonly labels: readonly string[],
    private readonly segments: SegmentSums,
  ) {
    this.logitSums = new Float64Array(segments.segments * labels.length);
  }

  /** @param tokenLogits [2 + end - start, L] */
  add(tokenLogits: Float32Array, pass: Pass): void {
    this.segments.add(tokenLogits, this.labels.length, pass, this.logitSums);
  }

  result(): HeadAnalysis {
    const { name, labels, segments, logitSums } = this;
    const width = labels.length;
    const logits = new Float64Array(width);
    const contributions = new Float32Array(logitSums.length);
    const segmentLogits = new Float32Array(logitSums.length);
    logitSums.forEach((sum, i) => {
      contributions[i] = sum / segments.tokens;
      segmentLogits[i] = sum / segments.tokensOf(Math.floor(i / width));
      logits[i % width] = (logits[i % width] ?? 0) + sum / segments.tokens;
    });
    const scores = softmax(logits);
    return {
      name,
      labels,
      logits: Float32Array.from(logits),
      scores,
      contributionKind: "additive",
      contributions,
      segmentLogits,
    };
  }
}
