import { contributions, placeAt, segmentCount } from "../../src/analysis/segmentFigures";
import type { Comparison, Which } from "../../src/views/comparison/protocol";
import type { Cut, Run } from "../maps/columns";
import { percentTicks, type Tick } from "../maps/ticks";
import type { Axis } from "./axis";
import type { PairedLabel } from "./pairedHead";

/** Parts that each of two texts is cut into to be set beside the other: 5% each. */
const PARTS = 20;

/** The share of each text, from its first character to its last. */
export class ShareAxis implements Axis {
  readonly places = PARTS;
  readonly unit = "Part";
  readonly about: string;
  readonly told: readonly Which[];
  readonly length: number;

  constructor(private readonly comparison: Comparison) {
    this.length = Math.max(...comparison.sides.map(({ analysis }) => segmentCount(analysis)));
    this.told = comparison.of === "models" ? [0] : [0, 1];
    const what = comparison.of === "models" ? "the text, which the two cut into segments differently" : "each document";
    this.about = `From left to right: ${what}, from its beginning to its end.`;
  }

  nameOf(place: number): string {
    const hundredths = (part: number): string => ((part * 100) / PARTS).toFixed(0);
    return `${hundredths(place)}–${hundredths(place + 1)}%`;
  }

  runAt(side: Which, place: number): Run {
    const [from, to] = [this.placeOf(side, place / PARTS), this.placeOf(side, (place + 1) / PARTS)];
    return [Math.floor(from), Math.max(Math.floor(from) + 1, Math.ceil(to))];
  }

  /** A segment in several parts adds to each by its share in it. */
  valuesOf(side: Which, { heads, name }: PairedLabel): Float32Array {
    const values = contributions(heads[side], heads[side].labels.indexOf(name));
    return Float32Array.from({ length: PARTS }, (_, part) => {
      const [from, to] = [this.placeOf(side, part / PARTS), this.placeOf(side, (part + 1) / PARTS)];
      let sum = 0;
      for (let segment = Math.floor(from); segment < to; segment++) {
        sum += (values[segment] ?? 0) * (Math.min(to, segment + 1) - Math.max(from, segment));
      }
      return sum;
    });
  }

  startOf(side: Which, segment: number): number {
    const [start, length] = this.extentOf(side);
    const { bounds } = this.comparison.sides[side].analysis;
    return (((bounds[segment] ?? start + length) - start) / length) * this.length;
  }

  cut(side: Which, from: number, to: number, columns: number): Cut {
    const places = Float64Array.from({ length: columns + 1 }, (_, column) =>
      // The last is where the cut ends, and not a rounding before it.
      this.placeOf(side, (column === columns ? to : from + (column * (to - from)) / columns) / this.length),
    );
    const first = Uint32Array.from(places.subarray(0, columns));
    return { count: columns, first, end: first.map((begin, column) => Math.max(begin + 1, places[column + 1] ?? 0)) };
  }

  describe(from: number, to: number): string {
    const [first, last] = [(from * 100) / this.length, (to * 100) / this.length];
    // As many as tell one end from the other.
    const decimals = Math.max(0, Math.ceil(-Math.log10(last - first)));
    return `${first.toFixed(decimals)}% to ${last.toFixed(decimals)}%`;
  }

  ticks(from: number, to: number, most: number): Tick[] {
    return percentTicks(from / this.length, to / this.length, most);
  }

  /** Where a share of the text lies among a side's segments: 3.25 is a quarter into the fourth. */
  private placeOf(side: Which, share: number): number {
    const [start, length] = this.extentOf(side);
    return placeAt(this.comparison.sides[side].analysis.bounds, start + length * share);
  }

  private extentOf(side: Which): readonly [start: number, length: number] {
    const { bounds } = this.comparison.sides[side].analysis;
    const start = bounds[0] ?? 0;
    return [start, (bounds.at(-1) ?? 0) - start];
  }
}
