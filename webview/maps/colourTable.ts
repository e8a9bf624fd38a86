import { PALETTE } from "../../src/analysis/palette";
import { placeIn, type Scale } from "../../src/analysis/scale";
import { isHighContrast, themeColour } from "../theme";

const SIZE = 256;

/**
 * [256] The pixels from the lowest to the highest value, in the byte order of ImageData: the palette's or, in high
 * contrast, greys from the background to the foreground.
 *
 * @param intensity Above 0 low values are told apart better, below 0 high ones: the table is read at the power 2^-intensity.
 */
export function colourTable(intensity: number): Uint32Array<ArrayBuffer> {
  const base = isHighContrast() ? contrastTable() : PALETTE;
  return Uint32Array.from({ length: SIZE }, (_, index) => {
    const place = (index / (SIZE - 1)) ** (2 ** -intensity);
    return base[Math.round(place * (SIZE - 1))] ?? 0;
  });
}

/** Where a value lies in the table. */
export function entryOf(scale: Scale, value: number): number {
  return Math.round(placeIn(scale, value) * (SIZE - 1));
}

function contrastTable(): Uint32Array {
  const [from, to] = [themeColour("--vscode-editor-background"), themeColour("--vscode-editor-foreground")];
  const bytes = Uint8ClampedArray.from({ length: SIZE * 4 }, (_, index) => {
    const [channel, share] = [index % 4, Math.floor(index / 4) / (SIZE - 1)];
    return channel === 3 ? 255 : (from[channel] ?? 0) * (1 - share) + (to[channel] ?? 0) * share;
  });
  return new Uint32Array(bytes.buffer);
}
