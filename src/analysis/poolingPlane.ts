import type { Analysis } from "./analysis";
import { statisticAt } from "./statistics";

/** The values that the ends of a colour scale stand for; those beyond take its ends' colours. */
export interface Scale {
  readonly low: number;
  readonly high: number;
}

/**
 * One pooling statistic of every layer and segment, so prepared that the mean over any run of segments is one
 * subtraction, however long the document. Cells that are not known yet are NaN.
 */
export class PoolingPlane {
  readonly layers: number;
  readonly segments: number;
  /** [layers, K + 1] Sums of the known values before each segment; in double precision, for they are subtracted. */
  private readonly sums: Float64Array;
  /** [layers, K + 1] How many values are known before each segment; absent when all are. */
  private readonly known: Uint32Array | undefined;

  constructor(analysis: Analysis, statistic: number) {
    const { layers } = analysis.pooling;
    const segments = analysis.segmentTokens.length;
    const sums = new Float64Array(layers * (segments + 1));
    const known = new Uint32Array(sums.length);
    let unknown = false;
    for (let layer = 0; layer < layers; layer++) {
      let place = layer * (segments + 1);
      let sum = 0;
      let count = 0;
      for (let segment = 0; segment < segments; segment++) {
        const value = statisticAt(analysis, statistic, layer, segment);
        if (Number.isNaN(value)) unknown = true;
        else {
          sum += value;
          count++;
        }
        place++;
        sums[place] = sum;
        known[place] = count;
      }
    }
    this.layers = layers;
    this.segments = segments;
    this.sums = sums;
    this.known = unknown ? known : undefined;
  }

  /** The mean over the known ones of the segments from `first` until before `end`; NaN when none is known. */
  mean(layer: number, first: number, end: number): number {
    const row = layer * (this.segments + 1);
    const sum = (this.sums[row + end] ?? 0) - (this.sums[row + first] ?? 0);
    return sum / (this.known ? (this.known[row + end] ?? 0) - (this.known[row + first] ?? 0) : end - first);
  }
}

/** Runs of segments that a document is cut into to find its scale: as many as a map that shows all of it has columns. */
const RUNS = 512;
/** The part of values at either end that the colour scale does not stretch for. */
const OUTLIERS = 0.01;

/** The scale of the whole document: the same at every zoom, so that a colour keeps its meaning. */
export function scaleOf(plane: PoolingPlane): Scale {
  const runs = Math.min(plane.segments, RUNS);
  const starts = Array.from({ length: runs + 1 }, (_, run) => Math.floor((run * plane.segments) / runs));
  const values = Float64Array.from({ length: plane.layers * runs }, (_, index) => {
    const run = index % runs;
    return plane.mean(Math.floor(index / runs), starts[run] ?? 0, starts[run + 1] ?? 0);
  });
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  const outliers = Math.floor(known.length * OUTLIERS);
  return { low: known[outliers] ?? 0, high: known[known.length - 1 - outliers] ?? 0 };
}
