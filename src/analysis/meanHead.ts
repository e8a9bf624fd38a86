import type { SegmentSums } from "./segmentSums";

/**
 * What a linear mean head says. Its logits are the mean of its tokens' logits, so a segment's contribution, the sum of
 * its tokens' logits over N, is exact, and the contributions add up to the document's logits.
 */
export class MeanHead {
  /** [K, L] Sums of the tokens' logits over each segment. */
  private readonly sums: Float64Array;
  /** [L] Their sum over the segments that are finished. */
  private readonly totals: Float64Array;
  private finished = 0;

  constructor(
    private readonly segments: SegmentSums,
    private readonly labels: number,
  ) {
    this.sums = new Float64Array(segments.segments * labels);
    this.totals = new Float64Array(labels);
  }

  /**
   * @param tokenLogits [n, L]
   * @param firstToken The token of row 0; -1 is [CLS].
   */
  add(tokenLogits: Float32Array, firstToken: number): void {
    this.segments.add(tokenLogits, this.labels, firstToken, this.sums);
  }

  /**
   * What segments up to `end`, all of whose tokens have been added, contribute to the document's logits; those that were
   * finished before are left out.
   * @returns `contributions` [segments, L] and `logits` [L], the mean over the `tokens` tokens of all segments finished so far;
   *   NaN while there are none.
   */
  finish(end: number): { firstSegment: number; contributions: Float32Array; logits: Float32Array; tokens: number } {
    const { labels, segments, totals, finished: firstSegment } = this;
    const sums = this.sums.subarray(firstSegment * labels, end * labels);
    sums.forEach((sum, i) => {
      totals[i % labels] = (totals[i % labels] ?? 0) + sum;
    });
    this.finished = end;
    const tokens = segments.tokensBefore(end);
    return {
      firstSegment,
      contributions: Float32Array.from(sums, (sum) => sum / segments.tokens),
      logits: Float32Array.from(totals, (total) => total / tokens),
      tokens,
    };
  }
}
