import type { Analysis } from "../analysis";
import { counted } from "../figures";
import { PALETTE } from "../palette";
import { PoolingMeans } from "../poolingMeans";
import { segmentCount } from "../segmentFigures";
import { STATISTICS } from "../statistics";
import { escaped } from "./html";
import { mapCells } from "./mapCells";
import { png } from "./png";

const WIDTH = 960;
const LEFT = 24;
const TITLE = 20;
const LAYER_HEIGHT = 14;
const GAP = 18;
const LEGEND = { width: 120, height: 8 };

/**
 * All pooling maps as one SVG, each with its title, its layers' numbers and its colour scale. The cells are pictures
 * that are stretched: a shape each would be millions. Text follows the viewer's light or dark scheme.
 */
export function mapSvg(analysis: Analysis): string {
  const { layers } = analysis.pooling;
  const step = TITLE + layers * LAYER_HEIGHT + GAP;
  const means = new PoolingMeans(analysis);
  const maps = STATISTICS.map((_, i) => `<g transform="translate(0 ${i * step})">${oneMap(means, i)}</g>`);
  const what = `Pooling maps: ${counted(layers, "layer")} down, ${counted(segmentCount(analysis), "segment")} across`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${STATISTICS.length * step}" role="img">`,
    `<title>${what}</title>`,
    "<style>text{font:12px system-ui,sans-serif;fill:#333}image{image-rendering:pixelated}" +
      "@media(prefers-color-scheme:dark){text{fill:#ccc}}</style>",
    ...maps,
    "</svg>",
  ].join("\n");
}

function oneMap(means: PoolingMeans, statistic: number): string {
  const { title = "", meaning = "", format = String } = STATISTICS[statistic] ?? {};
  const { layers, columns, pixels, scale } = mapCells(means, statistic);
  const numbers = Array.from(
    { length: layers },
    (_, layer) =>
      `<text x="${LEFT - 6}" y="${TITLE + (layer + 1) * LAYER_HEIGHT - 3}" text-anchor="end">${layer + 1}</text>`,
  );
  const legend = WIDTH - LEGEND.width - 60;
  return [
    `<text x="${LEFT}" y="13">${escaped(`${title} (${meaning})`)}</text>`,
    `<text x="${legend - 6}" y="13" text-anchor="end">${escaped(format(scale.low))}</text>`,
    picture(PALETTE.length, 1, PALETTE, legend, 5, LEGEND.width, LEGEND.height),
    `<text x="${legend + LEGEND.width + 6}" y="13">${escaped(format(scale.high))}</text>`,
    ...numbers,
    picture(columns, layers, pixels, LEFT, TITLE, WIDTH - LEFT, layers * LAYER_HEIGHT),
  ].join("\n");
}

/** Pixels [rows, columns], stretched over a rectangle. */
function picture(
  columns: number,
  rows: number,
  pixels: Uint32Array,
  x: number,
  y: number,
  width: number,
  height: number,
): string {
  const data = png(columns, rows, pixels).toString("base64");
  const place = `x="${x}" y="${y}" width="${width}" height="${height}"`;
  return `<image ${place} preserveAspectRatio="none" href="data:image/png;base64,${data}"/>`;
}
