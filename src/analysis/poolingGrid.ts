import type { Analysis } from "./analysis";
import { segmentCount } from "./segmentFigures";
import { statisticAt } from "./statistics";

/** A pooling map at the resolution it is drawn in: segments that share a column are drawn as their mean. */
export interface PoolingGrid {
  readonly layers: number;
  readonly columns: number;
  /** [layers, columns] */
  readonly values: Float32Array;
  /** [layers, columns] In each cell the segment with the highest value. */
  readonly highest: Uint32Array;
  /** The values that the ends of the colour scale stand for; those beyond take its ends' colours. */
  readonly low: number;
  readonly high: number;
}

/** The part of values at either end that the colour scale does not stretch for. */
const OUTLIERS = 0.01;

/** The grid of one statistic, of at most `mostColumns` columns. */
export function poolingGrid(analysis: Analysis, statistic: number, mostColumns: number): PoolingGrid {
  const K = segmentCount(analysis);
  const { layers } = analysis.pooling;
  const columns = Math.max(1, Math.min(K, mostColumns));
  const values = new Float32Array(layers * columns);
  const highest = new Uint32Array(layers * columns);
  for (let cell = 0; cell < values.length; cell++) {
    const [first, end] = segmentsOfColumn(cell % columns, columns, K);
    let sum = 0;
    let peak = -Infinity;
    for (let segment = first; segment < end; segment++) {
      const value = statisticAt(analysis, statistic, Math.floor(cell / columns), segment);
      sum += value;
      if (value <= peak) continue;
      peak = value;
      highest[cell] = segment;
    }
    values[cell] = sum / (end - first);
  }
  const sorted = values.slice().sort();
  const outliers = Math.floor(sorted.length * OUTLIERS);
  const [low = 0, high = 0] = [sorted[outliers], sorted[sorted.length - 1 - outliers]];
  return { layers, columns, values, highest, low, high };
}

/** The first segment of a column and the one after its last. */
export function segmentsOfColumn(column: number, columns: number, segments: number): [first: number, end: number] {
  return [Math.floor((column * segments) / columns), Math.floor(((column + 1) * segments) / columns)];
}
