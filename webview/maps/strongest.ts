import type { Run } from "./columns";
import { highest } from "./highest";

/** The segment of a run with the largest value, either way; the first of equals. */
export function strongest(values: Float32Array, run: Run): number {
  return highest(run, (segment) => Math.abs(values[segment] ?? NaN));
}
