import { softmax, type HeadAnalysis } from "./analysis";
import type { Pass, SegmentSums } from "./segmentSums";

/** Neighbouring segments that were left out together. */
export interface SegmentRun {
  readonly firstSegment: number;
  /** One past the last. */
  readonly endSegment: number;
  /** Document tokens from the first up to the second number. */
  readonly tokens: readonly [number, number];
}

/**
 * What a head over the pooled [CLS] vector says. Its logits are no sum over segments: a segment's contribution is the
 * logits that go when it is left out, shared by length among segments that were left out together.
 */
export class ClsHead {
  private readonly logits: Float64Array;
  /** [K, L] */
  private readonly contributions: Float32Array;

  constructor(
    private readonly name: string,
    private readonly labels: readonly string[],
    private readonly segments: SegmentSums,
  ) {
    this.logits = new Float64Array(labels.length);
    this.contributions = new Float32Array(segments.segments * labels.length);
  }

  /** @param logits [L] Of one pass; passes count by their share of the tokens. */
  add(logits: Float32Array, pass: Pass): void {
    logits.forEach((logit, l) => {
      this.logits[l] = (this.logits[l] ?? 0) + logit * this.share(pass);
    });
  }

  /**
   * @param logits [L] Of the pass with everything in it.
   * @param without [L] Of the same pass without the run's tokens.
   */
  leaveOut(logits: Float32Array, without: Float32Array, pass: Pass, run: SegmentRun): void {
    const width = this.labels.length;
    const runTokens = run.tokens[1] - run.tokens[0];
    for (let k = run.firstSegment; k < run.endSegment; k++) {
      const weight = (this.share(pass) * this.segments.tokensOf(k)) / runTokens;
      for (let l = 0; l < width; l++) {
        const lost = (logits[l] ?? 0) - (without[l] ?? 0);
        this.contributions[k * width + l] = (this.contributions[k * width + l] ?? 0) + lost * weight;
      }
    }
  }

  result(): HeadAnalysis {
    const { name, labels, contributions, segments } = this;
    const logits = Float32Array.from(this.logits);
    const width = labels.length;
    // Such a head has no logits of a segment's own.
    const segmentLogits = Float32Array.from({ length: segments.segments * width }, (_, i) => logits[i % width] ?? 0);
    const scores = softmax(logits);
    return { name, labels, logits, scores, contributionKind: "leave-one-out", contributions, segmentLogits };
  }

  private share({ start, end }: Pass): number {
    return (end - start) / this.segments.tokens;
  }
}
