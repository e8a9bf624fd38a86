import { ROW_STATISTICS } from "../ponet/maps";
import { POOLING_STATISTICS } from "./analysis";
import type { SegmentSums } from "./segmentSums";

const COLUMNS = POOLING_STATISTICS.length;

/** Collects the pooling maps of one layer over a document's K segments, chunk by chunk. */
export class LayerMaps {
  private readonly attention: Float64Array;
  /** [K] Sums of each of {@link ROW_STATISTICS}. */
  private readonly sums: readonly Float64Array[];
  private finished = 0;

  /** @param segmentShare [K] Share of the channel maxima that each segment holds. */
  constructor(
    private readonly segments: SegmentSums,
    private readonly segmentShare: Float32Array,
  ) {
    const column = () => new Float64Array(segments.segments);
    this.attention = column();
    this.sums = ROW_STATISTICS.map(column);
  }

  /**
   * Adds what the pooling put out for n rows.
   * @param firstToken The token of row 0; -1 is [CLS].
   * @param attention [n] Global attention, mean over heads.
   * @param statistics [n] each of {@link ROW_STATISTICS}
   */
  add(firstToken: number, attention: Float32Array, statistics: readonly Float32Array[]): void {
    this.segments.add(attention, 1, firstToken, this.attention);
    this.sums.forEach((sums, i) => {
      this.segments.add(statistics[i] ?? new Float32Array(), 1, firstToken, sums);
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
      const means = this.sums.map((sums) => (sums[k] ?? 0) / tokens);
      values.set([this.attention[k] ?? 0, this.segmentShare[k] ?? 0, ...means], (k - firstSegment) * COLUMNS);
    }
    return { firstSegment, values };
  }
}
