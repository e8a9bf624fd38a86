import { POOLING_STATISTICS, type Analysis } from "./analysis";
import { scaleOf, type Scale } from "./scale";
import { overShareOfTokens } from "./statistics";

/** Segments to a block, of which the sum is kept: fewer cost memory, more cost time at either end of a run. */
const BLOCK = 16;
const WIDTH = POOLING_STATISTICS.length;
/** Runs of segments that a document is cut into to find its scale: about as many as a map of all of it has columns. */
const RUNS = 512;
/** The part of values at either end that the colour scale does not stretch for. */
export const OUTLIERS = 0.01;

/**
 * The pooling statistics so prepared that the mean over any run of segments takes a few steps, however long the
 * document. Figures that are not known yet are NaN.
 */
export class PoolingMeans {
  readonly layers: number;
  readonly segments: number;
  /** [layers, K, 6] */
  private readonly values: Float32Array;
  /** [K] What the attention is multiplied with. */
  private readonly factors: Float32Array;
  private readonly blocks: number;
  /** [layers, blocks + 1, 6] Sums of the known values in the blocks before; in double precision, for they are subtracted. */
  private readonly sums: Float64Array;
  /** [layers, blocks + 1, 6] How many values are known in the blocks before. */
  private readonly known: Uint32Array;

  constructor(analysis: Analysis) {
    this.layers = analysis.pooling.layers;
    this.segments = analysis.segmentTokens.length;
    this.values = analysis.pooling.values;
    this.factors = new Float32Array(this.segments);
    for (let segment = 0; segment < this.segments; segment++) {
      this.factors[segment] = overShareOfTokens(analysis, segment);
    }
    this.blocks = Math.floor(this.segments / BLOCK);
    this.sums = new Float64Array(this.layers * (this.blocks + 1) * WIDTH);
    this.known = new Uint32Array(this.sums.length);
    for (let layer = 0; layer < this.layers; layer++) {
      for (let block = 0; block < this.blocks; block++) this.addBlock(layer, block);
    }
  }

  /** The mean over the known ones of the segments from `first` until before `end`; NaN when none is known. */
  mean(statistic: number, layer: number, first: number, end: number): number {
    // Without a closure or an array, for this is asked of every pixel in every frame of a zoom.
    const firstBlock = Math.ceil(first / BLOCK);
    const endBlock = Math.max(firstBlock, Math.floor(end / BLOCK));
    const before = this.place(layer, firstBlock) + statistic;
    const after = this.place(layer, endBlock) + statistic;
    let sum = (this.sums[after] ?? 0) - (this.sums[before] ?? 0);
    let known = (this.known[after] ?? 0) - (this.known[before] ?? 0);
    for (let segment = first; segment < end; segment++) {
      if (segment === firstBlock * BLOCK) segment = endBlock * BLOCK;
      if (segment >= end) break;
      const value = this.at(statistic, layer, segment);
      if (Number.isNaN(value)) continue;
      sum += value;
      known++;
    }
    return sum / known;
  }

  /** The scale of the whole document: the same at every zoom, so that a colour keeps its meaning. */
  scale(statistic: number): Scale {
    const runs = Math.min(this.segments, RUNS);
    const startOf = (run: number): number => Math.floor((run * this.segments) / runs);
    const means = new Float64Array(this.layers * runs);
    for (let place = 0; place < means.length; place++) {
      const run = place % runs;
      means[place] = this.mean(statistic, Math.floor(place / runs), startOf(run), startOf(run + 1));
    }
    return scaleOf(means, OUTLIERS, OUTLIERS);
  }

  /** As `statisticAt` has it, from what was looked up once. */
  private at(statistic: number, layer: number, segment: number): number {
    const value = this.values[(layer * this.segments + segment) * WIDTH + statistic] ?? 0;
    return statistic > 0 ? value : value * (this.factors[segment] ?? 0);
  }

  private place(layer: number, block: number): number {
    return (layer * (this.blocks + 1) + block) * WIDTH;
  }

  private addBlock(layer: number, block: number): void {
    const before = this.place(layer, block);
    for (let statistic = 0; statistic < WIDTH; statistic++) {
      let sum = this.sums[before + statistic] ?? 0;
      let known = this.known[before + statistic] ?? 0;
      for (let segment = block * BLOCK; segment < (block + 1) * BLOCK; segment++) {
        const value = this.at(statistic, layer, segment);
        if (Number.isNaN(value)) continue;
        sum += value;
        known++;
      }
      this.sums[before + WIDTH + statistic] = sum;
      this.known[before + WIDTH + statistic] = known;
    }
  }
}
