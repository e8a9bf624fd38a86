/** The values that the ends of a colour scale stand for; those beyond take its ends' colours. */
export interface Scale {
  readonly low: number;
  readonly high: number;
}

/** Where a known value lies between the ends, 0 to 1; a scale of one value is all in its middle. */
export function placeIn({ low, high }: Scale, value: number): number {
  return high > low ? Math.max(0, Math.min(1, (value - low) / (high - low))) : 0.5;
}

/**
 * The scale of the known values, of which a part at either end, 0 to 1, may lie beyond it: rare outliers would leave
 * all else one colour. Without a known value its ends are NaN.
 */
export function scaleOf(values: Float32Array | Float64Array, below: number, above: number): Scale {
  // What is not known, NaN, comes last.
  const sorted = values.slice().sort();
  let known = sorted.length;
  while (known > 0 && Number.isNaN(sorted[known - 1])) known--;
  if (known === 0) return { low: NaN, high: NaN };
  return { low: sorted[Math.floor(known * below)] ?? 0, high: sorted[known - 1 - Math.floor(known * above)] ?? 0 };
}

/** The scale that holds both, so that a colour means the same in two maps. */
export function scaleOfBoth(a: Scale, b: Scale): Scale {
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}
