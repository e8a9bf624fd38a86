/** Viridis at eleven even steps: perceptually uniform, and the same to colour-blind readers. */
const STOPS = [
  [68, 1, 84],
  [72, 36, 117],
  [65, 68, 135],
  [53, 95, 141],
  [42, 120, 142],
  [33, 145, 140],
  [34, 168, 132],
  [68, 191, 112],
  [122, 209, 81],
  [189, 223, 38],
  [253, 231, 37],
] as const;

const SIZE = 256;

/** [256] Opaque RGBA pixels from the lowest to the highest value, in the byte order of ImageData. */
export const PALETTE: Uint32Array = colourTable();

function colourTable(): Uint32Array {
  const bytes = new Uint8ClampedArray(SIZE * 4);
  for (let i = 0; i < SIZE; i++) {
    const place = (i / (SIZE - 1)) * (STOPS.length - 1);
    const below = STOPS[Math.floor(place)] ?? STOPS[0];
    const above = STOPS[Math.ceil(place)] ?? below;
    const mix = place % 1;
    bytes.set([0, 1, 2].map((c) => (below[c] ?? 0) * (1 - mix) + (above[c] ?? 0) * mix).concat(255), i * 4);
  }
  return new Uint32Array(bytes.buffer);
}
