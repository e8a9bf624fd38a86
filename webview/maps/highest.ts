import type { Run } from "./columns";

/** The segment of a run with the highest value; the first of equals, and one whose value is not known only where none is. */
export function highest([first, end]: Run, valueOf: (segment: number) => number): number {
  let best = first;
  let most = -Infinity;
  for (let segment = first; segment < end; segment++) {
    const value = valueOf(segment);
    // NaN, a value that is not known, is above none.
    if (value > most) [best, most] = [segment, value];
  }
  return best;
}
