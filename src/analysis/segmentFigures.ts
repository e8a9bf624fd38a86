import { POOLING_STATISTICS, type Analysis, type HeadAnalysis } from "./analysis";

// What views and exports show of one segment, derived from the analysis.

/** Bits of a 32-bit float: its sign, and those of infinity; NaN has more. */
const SIGN = 0x8000_0000;
const INFINITE = 0x7f80_0000;
/** More than any float is below infinity. */
const UNKNOWN = 0xffff_ffff;

/** A head's contributions, of segments or of tokens. */
type Contributions = Pick<HeadAnalysis, "labels" | "contributions">;

/** The number of segments. */
export function segmentCount(analysis: Analysis): number {
  return analysis.segmentTokens.length;
}

/** The segment that holds the UTF-16 offset; undefined outside what was read. */
export function segmentAt(bounds: Uint32Array, offset: number): number | undefined {
  let low = 0;
  let high = bounds.length - 1;
  if (high < 1 || offset < (bounds[0] ?? 0) || offset >= (bounds[high] ?? 0)) return undefined;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((bounds[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

/** A UTF-16 offset as a place among the segments: 3.25 is a quarter into the fourth. */
export function placeAt(bounds: Uint32Array, offset: number): number {
  const segment = segmentAt(bounds, offset);
  if (segment === undefined) return offset < (bounds[0] ?? 0) ? 0 : bounds.length - 1;
  const [start = 0, end = start + 1] = bounds.subarray(segment, segment + 2);
  return segment + (offset - start) / (end - start);
}

/** What a segment adds to the document's logit for the label. */
export function contribution(head: Contributions, segment: number, label: number): number {
  return head.contributions[segment * head.labels.length + label] ?? 0;
}

/** The largest absolute contribution to the label's logit that is known; 0 of none. */
export function peakContribution(head: Contributions, label: number): number {
  let largest = 0;
  for (let at = label; at < head.contributions.length; at += head.labels.length) {
    const size = Math.abs(head.contributions[at] ?? 0);
    if (size > largest) largest = size;
  }
  return largest;
}

/** [K] What each segment adds to the document's logit for the label. */
export function contributions(head: Contributions, label: number): Float32Array {
  const values = new Float32Array(head.contributions.length / head.labels.length);
  for (let segment = 0; segment < values.length; segment++) values[segment] = contribution(head, segment, label);
  return values;
}

/** The largest absolute value that is known; 0 of none. */
export function peak(values: Float32Array): number {
  let largest = 0;
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value);
  return largest;
}

/**
 * [K] The segments from the largest absolute value to the smallest; of equals the first comes first, and what is not known yet,
 * NaN, last.
 */
export function byStrength(values: Float32Array): Uint32Array {
  // Whole numbers are sorted many times as fast as by a comparison of ours, and the bits of positive floats are in the order of
  // their values: above its segment's number is how far a value is below infinity.
  const keys = new BigUint64Array(values.length);
  const halves = new Uint32Array(keys.buffer);
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let segment = 0; segment < values.length; segment++) {
    const size = (bits[segment] ?? 0) & ~SIGN;
    halves[2 * segment] = segment;
    halves[2 * segment + 1] = size > INFINITE ? UNKNOWN : INFINITE - size;
  }
  keys.sort();
  return new Uint32Array(values.length).map((_, rank) => halves[2 * rank] ?? 0);
}

/** The segments, `most` at most, with the highest values above zero, highest first; with a sign of -1 the lowest below it. */
export function highest(values: Float32Array, sign: 1 | -1, most: number): number[] {
  const best: number[] = [];
  const at = (segment: number): number => sign * (values[segment] ?? 0);
  let least = 0;
  for (let segment = 0; segment < values.length; segment++) {
    // Written so that what is not known yet, NaN, is never among them.
    if (!(at(segment) > least)) continue;
    best.push(segment);
    best.sort((a, b) => at(b) - at(a)).splice(most);
    least = best.length < most ? 0 : at(best[most - 1] ?? 0);
  }
  return best;
}

/** [6] The pooling statistics of one segment in one layer, in the order of {@link POOLING_STATISTICS}. */
export function poolingAt({ pooling, segmentTokens }: Analysis, layer: number, segment: number): Float32Array {
  const width = POOLING_STATISTICS.length;
  const from = (layer * segmentTokens.length + segment) * width;
  return pooling.values.subarray(from, from + width);
}
