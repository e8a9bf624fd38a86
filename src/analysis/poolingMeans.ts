import { POOLING_STATISTICS, type Analysis } from "./analysis";
import { scaleOf, type Scale } from "./scale";
import { overShareOfTokens } from "./statistics";

/** Segments to a block, of which the sum is kept: fewer cost memory, more cost time at either end of a run. */
const BLOCK = 16;
const WIDTH = POOLING_STATISTICS.length;
/** Runs of segments that a document is cut into to find its scale: about as many as a map of all of it has columns. */
export const RUNS = 512;
/** The part of their means at either end that the colour scale does not stretch for. */
export const OUTLIERS = 0.01;

/**
 * The pooling statistics so prepared that the mean over any run of segments takes a few steps, however long the
 * document. A segment of which any figure is NaN is not known yet.
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
  /** [layers, blocks + 1] How many segments are known in the blocks before. */
  private readonly known: Uint32Array;
  /** [6] What was added up last. */
  private readonly sum = new Float64Array(WIDTH);
  /** [6, layers, runs] The means that the scales are made of. */
  private readonly runs: Float64Array;

  constructor(analysis: Analysis) {
    this.layers = analysis.pooling.layers;
    this.segments = analysis.segmentTokens.length;
    this.values = analysis.pooling.values;
    this.factors = new Float32Array(this.segments);
    for (let segment = 0; segment < this.segments; segment++) {
      this.factors[segment] = overShareOfTokens(analysis, segment);
    }
    this.blocks = Math.floor(this.segments / BLOCK);
    this.known = new Uint32Array(this.layers * (this.blocks + 1));
    this.sums = new Float64Array(this.known.length * WIDTH);
    for (let layer = 0; layer < this.layers; layer++) {
      for (let block = 0; block < this.blocks; block++) this.addBlock(layer, block);
    }
    const runs = Math.min(this.segments, RUNS);
    const bounds = Uint32Array.from({ length: runs + 1 }, (_, run) => Math.floor((run * this.segments) / runs));
    this.runs = this.cells(bounds.subarray(0, runs), bounds.subarray(1));
  }

  /** The mean over the known ones of the segments from `first` until before `end`; NaN when none is known. */
  mean(statistic: number, layer: number, first: number, end: number): number {
    const known = this.addUp(layer, first, end);
    return (this.sum[statistic] ?? 0) / known;
  }

  /**
   * [6, layers, columns] The means of every statistic and layer over many runs of segments, those of a map's columns.
   *
   * @param firsts [columns] The first segment of each.
   * @param ends [columns] The one after the last of each.
   */
  cells(firsts: Uint32Array, ends: Uint32Array): Float64Array {
    const columns = firsts.length;
    const cells = new Float64Array(WIDTH * this.layers * columns);
    for (let layer = 0; layer < this.layers; layer++) {
      for (let column = 0; column < columns; column++) {
        const known = this.addUp(layer, firsts[column] ?? 0, ends[column] ?? 0);
        for (let statistic = 0; statistic < WIDTH; statistic++) {
          cells[(statistic * this.layers + layer) * columns + column] = (this.sum[statistic] ?? 0) / known;
        }
      }
    }
    return cells;
  }

  /**
   * The scale of the whole document: the same at every zoom, so that a colour keeps its meaning. More single segments lie
   * beyond its ends than runs of several, whose means are closer together.
   */
  scale(statistic: number): Scale {
    const size = this.runs.length / WIDTH;
    return scaleOf(this.runs.subarray(statistic * size, (statistic + 1) * size), OUTLIERS, OUTLIERS);
  }

  /** Adds the known segments of a run up to `sum` and tells how many they are. */
  private addUp(layer: number, first: number, end: number): number {
    this.sum.fill(0);
    const firstBlock = Math.ceil(first / BLOCK);
    const endBlock = Math.floor(end / BLOCK);
    if (endBlock <= firstBlock) return this.add(layer, first, end);
    const before = layer * (this.blocks + 1) + firstBlock;
    const after = layer * (this.blocks + 1) + endBlock;
    for (let statistic = 0; statistic < WIDTH; statistic++) {
      this.sum[statistic] = (this.sums[after * WIDTH + statistic] ?? 0) - (this.sums[before * WIDTH + statistic] ?? 0);
    }
    const inBlocks = (this.known[after] ?? 0) - (this.known[before] ?? 0);
    return inBlocks + this.add(layer, first, firstBlock * BLOCK) + this.add(layer, endBlock * BLOCK, end);
  }

  private addBlock(layer: number, block: number): void {
    const before = layer * (this.blocks + 1) + block;
    for (let statistic = 0; statistic < WIDTH; statistic++) {
      this.sum[statistic] = this.sums[before * WIDTH + statistic] ?? 0;
    }
    this.known[before + 1] = (this.known[before] ?? 0) + this.add(layer, block * BLOCK, (block + 1) * BLOCK);
    for (let statistic = 0; statistic < WIDTH; statistic++) {
      this.sums[(before + 1) * WIDTH + statistic] = this.sum[statistic] ?? 0;
    }
  }

  /** Adds the known ones of the segments to `sum` and tells how many they are. */
  private add(layer: number, first: number, end: number): number {
    const { values, factors, sum } = this;
    let known = 0;
    for (let segment = first; segment < end; segment++) {
      const cell = (layer * this.segments + segment) * WIDTH;
      // Statistic by statistic without a loop: a new analysis has millions of figures, and a loop takes twice as long.
      const ga = (values[cell] ?? 0) * (factors[segment] ?? 0);
      const smp = values[cell + 1] ?? 0;
      const lmp = values[cell + 2] ?? 0;
      const pfGlobal = values[cell + 3] ?? 0;
      const pfSegment = values[cell + 4] ?? 0;
      const pfLocal = values[cell + 5] ?? 0;
      if (Number.isNaN(ga + smp + lmp + pfGlobal + pfSegment + pfLocal)) continue;
      known++;
      sum[0] = (sum[0] ?? 0) + ga;
      sum[1] = (sum[1] ?? 0) + smp;
      sum[2] = (sum[2] ?? 0) + lmp;
      sum[3] = (sum[3] ?? 0) + pfGlobal;
      sum[4] = (sum[4] ?? 0) + pfSegment;
      sum[5] = (sum[5] ?? 0) + pfLocal;
    }
    return known;
  }
}
