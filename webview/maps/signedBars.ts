import { themeColour } from "../theme";
import type { Cut } from "./columns";
import { drawPixels } from "./pixels";

/** Segments at least this many pixels wide are set apart by one. */
const APART = 4;

/** The largest and the smallest of the known values of a run, and never less or more than zero. */
export function extremes(values: Float32Array, first: number, end: number): [high: number, low: number] {
  let [high, low] = [0, 0];
  for (let segment = first; segment < end; segment++) {
    const value = values[segment] ?? 0;
    if (value > high) high = value;
    else if (value < low) low = value;
  }
  return [high, low];
}

/**
 * Draws contributions as bars up and down from zero, in each column the strongest for and against the label.
 *
 * @param ends The largest and the smallest value that there is room for.
 */
export function drawBars(
  canvas: HTMLCanvasElement,
  values: Float32Array,
  [high, low]: readonly [high: number, low: number],
  columns: Cut,
): void {
  const height = Math.round(canvas.clientHeight * devicePixelRatio);
  canvas.width = columns.count;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context || high === low) return;
  const zero = Math.round((high / (high - low)) * (height - 1));
  const scale = (height - 1) / (high - low);
  const [forColour, againstColour] = [css("--bar"), css("--bar-against")];
  const segments = (columns.end[columns.count - 1] ?? 0) - (columns.first[0] ?? 0);
  const apart = columns.count / segments >= APART;
  for (let column = 0; column < columns.count; column++) {
    const [first, end] = [columns.first[column] ?? 0, columns.end[column] ?? 0];
    if (apart && columns.first[column + 1] !== first) continue;
    const [most, least] = extremes(values, first, end);
    context.fillStyle = forColour;
    context.fillRect(column, zero - most * scale, 1, most * scale);
    context.fillStyle = againstColour;
    context.fillRect(column, zero + 1, 1, -least * scale);
  }
  context.fillStyle = css("--quiet");
  context.fillRect(0, zero, columns.count, 1);
}

/**
 * Draws contributions as one line of colours, in each column the strongest one's; by square root, as in the editor.
 *
 * @param peak The largest absolute value of all.
 */
export function drawColours(canvas: HTMLCanvasElement, values: Float32Array, peak: number, columns: Cut): void {
  const colours = [themeColour("--bar"), themeColour("--bar-against")] as const;
  const pixels = new Uint32Array(columns.count);
  const bytes = new Uint8ClampedArray(pixels.buffer);
  for (let column = 0; column < columns.count; column++) {
    const [most, least] = extremes(values, columns.first[column] ?? 0, columns.end[column] ?? 0);
    const [r, g, b] = most >= -least ? colours[0] : colours[1];
    const share = peak > 0 ? Math.max(most, -least) / peak : 0;
    bytes.set([r, g, b, 255 * Math.sqrt(share)], column * 4);
  }
  drawPixels(canvas, pixels, columns.count, 1);
}

function css(property: string): string {
  return `rgb(${themeColour(property).slice(0, 3).join(" ")})`;
}
