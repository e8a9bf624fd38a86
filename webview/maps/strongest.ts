import type { Run } from "./columns";

/** The segment of a run with the largest value, either way; the first of equals. */
export function strongest(values: Float32Array, [first, end]: Run): number {
  let best = first;
  for (let segment = first + 1; segment < end; segment++) {
    if (Math.abs(values[segment] ?? 0) > Math.abs(values[best] ?? 0)) best = segment;
  }
  return best;
}
