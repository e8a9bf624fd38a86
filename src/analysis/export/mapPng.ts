import type { Analysis } from "../analysis";
import { PoolingMeans } from "../poolingMeans";
import { STATISTICS } from "../statistics";
import { drawWord, LETTER_HEIGHT } from "./glyphs";
import { mapCells } from "./mapCells";
import { png } from "./png";

/** About how wide the maps are, in pixels: short documents get wide cells. */
const WIDTH = 1200;
const WIDEST_CELL = 24;
const LAYER_HEIGHT = 14;
const LEFT = 48;
const GAP = 10;
/** Mid grey, opaque in either byte order: it is read on white and on black. */
const INK = 0xff808080;

/** All pooling maps, one below the other, layers down and segments across; what is no cell is transparent. */
export function mapPng(analysis: Analysis): Uint8Array {
  const means = new PoolingMeans(analysis);
  const maps = STATISTICS.map((_, statistic) => mapCells(means, statistic));
  const [{ layers, columns } = { layers: 0, columns: 0 }] = maps;
  const cell = Math.max(1, Math.min(WIDEST_CELL, Math.floor(WIDTH / columns)));
  const width = LEFT + columns * cell + GAP;
  const mapHeight = Math.max(LETTER_HEIGHT, layers * LAYER_HEIGHT);
  const height = GAP + maps.length * (mapHeight + GAP);
  const pixels = new Uint32Array(width * height);
  maps.forEach((map, statistic) => {
    const top = GAP + statistic * (mapHeight + GAP);
    drawWord(STATISTICS[statistic]?.name ?? "", (x, y) => {
      pixels[(top + y) * width + GAP / 2 + x] = INK;
    });
    for (let y = 0; y < layers * LAYER_HEIGHT; y++) {
      const row = Math.floor(y / LAYER_HEIGHT) * columns;
      for (let x = 0; x < columns * cell; x++) {
        pixels[(top + y) * width + LEFT + x] = map.pixels[row + Math.floor(x / cell)] ?? 0;
      }
    }
  });
  return png(width, height, pixels);
}
