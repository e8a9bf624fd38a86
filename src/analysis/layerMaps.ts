import { POOLING_STATISTICS } from "./analysis";
import type { SegmentSums } from "./segmentSums";

/** What the pooling of one layer put out for n rows. */
export interface RowStatistics {
  /** [n] Global attention, mean over heads. */
  readonly attention: Float32Array;
  /** [n] Share of channels whose window maximum is a neighbour's. */
  readonly neighbourShare: Float32Array;
  /** [n] each */
  readonly globalNorm: Float32Array;
  readonly segmentNorm: Float32Array;
  readonly localNorm: Float32Array;
}

const COLUMNS = POOLING_STATISTICS.length;

/** Collects the pooling maps of one layer over a document's K segments, chunk by chunk. */
export class LayerMaps {
  private readonly attention: Float64Array;
  private readonly means: readonly Float64Array[];
  private finished = 0;

  /** @param segmentShare [K] Share of the channel maxima that each segment holds. */
  constructor(
    private readonly segments: SegmentSums,
    private readonly segmentShare: Float32Array,
  ) {
    const column = () => new Float64Array(segments.segments);
    this.attention = column();
    this.means = [column(), column(), column(), column()];
  }

  /** @param firstToken The token of row 0; -1 is [CLS]. */
  add(firstToken: number, rows: RowStatistics): void {
    this.segments.add(rows.attention, 1, firstToken, this.attention);
    [rows.neighbourShare, rows.globalNorm, rows.segmentNorm, rows.localNorm].forEach((values, i) => {
      const sums = this.means[i];
      if (sums) this.segments.add(values, 1, firstToken, sums);
    });
  }

  /**
   * The figures of segments up to `end`, all of whose tokens have been added; those finished before are left out.
   * @returns `values` [segments, 6]
   */
  finish(end: number): { firstSegment: number; values: Float32Array } {
    const firstSegment = this.finished;
    const values = new Float32Array((end - firstSegment) * COLUMNS);
    for (; this.finished < end; this.finished++) {
      const k = this.finished;
      const tokens = this.segments.tokensOf(k);
      const means = this.means.map((sums) => (sums[k] ?? 0) / tokens);
      values.set([this.attention[k] ?? 0, this.segmentShare[k] ?? 0, ...means], (k - firstSegment) * COLUMNS);
    }
    return { firstSegment, values };
  }
}
