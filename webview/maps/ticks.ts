import { count } from "../../src/analysis/figures";
import type { Columns } from "./columns";

/** What is written below a share of the width. */
export interface Tick {
  readonly share: number;
  readonly text: string;
}

/** Round numbers of segments, each below the middle of its segment. */
export function segmentTicks(columns: Columns, most: number): Tick[] {
  const step = roundStep(Math.max(1, (columns.to - columns.from) / most));
  const numbers = columns.from === 0 && step > 1 ? [1] : [];
  for (let number = Math.floor(columns.from / step + 1) * step; number - 0.5 < columns.to; number += step) {
    numbers.push(number);
  }
  return numbers.map((number) => ({ share: columns.shareOf(number - 0.5), text: count(number) }));
}

/** Round percentages between two shares of a whole, 0 to 1 each. */
export function percentTicks(from: number, to: number, most: number): Tick[] {
  const step = roundStep(((to - from) * 100) / most);
  const decimals = Math.max(0, -Math.floor(Math.log10(step)));
  const ticks: Tick[] = [];
  for (let steps = Math.floor((from * 100) / step) + 1; steps * step < to * 100; steps++) {
    const share = ((steps * step) / 100 - from) / (to - from);
    ticks.push({ share, text: `${(steps * step).toFixed(decimals)}%` });
  }
  return ticks;
}

/** The segments from one place among them to another, in words. */
export function segmentsInWords(from: number, to: number, segments: number): string {
  if (to - from >= segments) return `all of ${count(segments)} segments`;
  return `segments ${count(Math.floor(from) + 1)} to ${count(Math.ceil(to))} of ${count(segments)}`;
}

/** The least of 1, 2, 5, 10, 20 and so on, or of their tenths and hundredths, that is not below `step`. */
function roundStep(step: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(step));
  return magnitude * ([1, 2, 5].find((each) => each * magnitude >= step) ?? 10);
}
