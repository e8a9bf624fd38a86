import { POOLING_STATISTICS, type PoolingMaps } from "./analysis";
import type { Pass, SegmentSums } from "./segmentSums";

/** What the pooling of one layer put out in one pass. */
export interface PassStatistics {
  /** [2 + end - start] Global attention on each token. */
  readonly attention: Float32Array;
  /** [text segments of the pass] Share of the channel maxima that each holds. */
  readonly segmentShare: Float32Array;
  /** [2 + end - start] Share of channels whose window maximum is a neighbour's. */
  readonly neighbourShare: Float32Array;
  /** [2 + end - start] each */
  readonly globalNorm: Float32Array;
  readonly segmentNorm: Float32Array;
  readonly localNorm: Float32Array;
}

const COLUMNS = POOLING_STATISTICS.length;

/** Collects the pooling maps of a document pass by pass; shares within a pass count by its share of the tokens. */
export class PoolingSums {
  private readonly values: Float64Array;

  constructor(
    private readonly layers: number,
    private readonly segments: SegmentSums,
  ) {
    this.values = new Float64Array(layers * segments.segments * COLUMNS);
  }

  add(layer: number, statistics: PassStatistics, pass: Pass): void {
    const share = (pass.end - pass.start) / this.segments.tokens;
    const mean = (segment: number) => 1 / this.segments.tokensOf(segment);
    this.addTokens(layer, 0, statistics.attention, pass, () => share);
    statistics.segmentShare.forEach((held, i) => {
      this.bump(layer, pass.firstSegment + i, 1, held * share);
    });
    this.addTokens(layer, 2, statistics.neighbourShare, pass, mean);
    this.addTokens(layer, 3, statistics.globalNorm, pass, mean);
    this.addTokens(layer, 4, statistics.segmentNorm, pass, mean);
    this.addTokens(layer, 5, statistics.localNorm, pass, mean);
  }

  maps(): PoolingMaps {
    return { layers: this.layers, values: Float32Array.from(this.values) };
  }

  private addTokens(
    layer: number,
    column: number,
    rows: Float32Array,
    pass: Pass,
    weight: (segment: number) => number,
  ) {
    const sums = new Float64Array(this.segments.segments);
    this.segments.add(rows, 1, pass, sums);
    sums.forEach((sum, segment) => {
      this.bump(layer, segment, column, sum * weight(segment));
    });
  }

  private bump(layer: number, segment: number, column: number, by: number): void {
    const i = (layer * this.segments.segments + segment) * COLUMNS + column;
    this.values[i] = (this.values[i] ?? 0) + by;
  }
}
