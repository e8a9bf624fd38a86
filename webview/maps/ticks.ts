import { count } from "../../src/analysis/figures";
import type { Columns } from "./columns";

/** What is written below a share of the width. */
export interface Tick {
  readonly share: number;
  readonly text: string;
}

/** Round numbers of segments, each below the middle of its segment. */
export function segmentTicks(columns: Columns, most: number): Tick[] {
  const step = roundStep((columns.to - columns.from) / most);
  const numbers = columns.from === 0 && step > 1 ? [1] : [];
  for (let number = Math.floor(columns.from / step + 1) * step; number - 0.5 < columns.to; number += step) {
    numbers.push(number);
  }
  return numbers.map((number) => ({ share: columns.shareOf(number - 0.5), text: count(number) }));
}

/** The least of 1, 2, 5, 10, 20 and so on that is not below `step`. */
function roundStep(step: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(1, step)));
  return magnitude * ([1, 2, 5].find((each) => each * magnitude >= step) ?? 10);
}
