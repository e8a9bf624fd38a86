import { PALETTE } from "../palette";
import type { PoolingMeans } from "../poolingMeans";
import { placeIn, type Scale } from "../scale";

/** More columns than a page shows; segments beyond share them. */
const MOST_COLUMNS = 2048;

/** One statistic's map as pixels, one a cell, and its colour scale. */
export interface MapCells {
  readonly layers: number;
  readonly columns: number;
  /** [layers, columns] In the byte order of ImageData; transparent where nothing is known. */
  readonly pixels: Uint32Array;
  readonly scale: Scale;
}

/** The map of one statistic, coloured as the panel colours it; segments that share a column are drawn as their mean. */
export function mapCells(means: PoolingMeans, statistic: number): MapCells {
  const scale = means.scale(statistic);
  const { layers, segments } = means;
  const columns = Math.min(segments, MOST_COLUMNS);
  const startOf = (column: number): number => Math.floor((column * segments) / columns);
  const pixels = Uint32Array.from({ length: layers * columns }, (_, cell) => {
    const column = cell % columns;
    return pixelOf(means.mean(statistic, Math.floor(cell / columns), startOf(column), startOf(column + 1)), scale);
  });
  return { layers, columns, pixels, scale };
}

function pixelOf(value: number, scale: Scale): number {
  if (Number.isNaN(value)) return 0;
  return PALETTE[Math.round(placeIn(scale, value) * (PALETTE.length - 1))] ?? 0;
}
