import { count, percent } from "../../src/analysis/figures";
import { contributions, placeAt, segmentCount } from "../../src/analysis/segmentFigures";
import type { Comparison, Which } from "../../src/views/comparison/protocol";
import { Columns, type Cut, type Run } from "../maps/columns";
import { segmentTicks, type Tick } from "../maps/ticks";
import type { PairedLabel } from "./pairedHead";

/** What two analyses are drawn over, and the places on it at which their figures are set beside each other. */
export interface Axis {
  readonly places: number;
  /** What a place is called in headings. */
  readonly unit: string;
  /** What lies where, in one sentence. */
  readonly about: string;
  /** The sides whose words tell what lies at a place: one, where both have the same text there. */
  readonly told: readonly Which[];
  nameOf(place: number): string;
  /** The segments that a side has at a place. */
  runAt(side: Which, place: number): Run;
  /** [places] What the segments at each place add to a side's logit of the label. */
  valuesOf(side: Which, label: PairedLabel): Float32Array;
  /** A side cut into so many columns of pixels. */
  cut(side: Which, columns: number): Cut;
  /** What is written below it, and no more than there is room for. */
  ticks(most: number): Tick[];
}

/** The axis of two analyses: their segments where these are the same, else the share of each text. */
export function axisOf(comparison: Comparison): Axis {
  return haveSameSegments(comparison) ? new SegmentAxis(comparison) : new ShareAxis(comparison);
}

/** Models may cut one text differently, as a segment without tokens is joined to the one before it. */
function haveSameSegments({ of, sides }: Comparison): boolean {
  const [a, b] = [sides[0].analysis.bounds, sides[1].analysis.bounds];
  return of === "models" && a.length === b.length && a.every((bound, index) => bound === b[index]);
}

/** The segments that both have. */
class SegmentAxis implements Axis {
  readonly places: number;
  readonly unit = "Segment";
  readonly about = "From left to right: the segments, which are the same for both.";
  readonly told = [0] as const;

  constructor({ sides }: Comparison) {
    this.places = segmentCount(sides[0].analysis);
  }

  nameOf(place: number): string {
    return count(place + 1);
  }

  runAt(_: Which, place: number): Run {
    return [place, place + 1];
  }

  valuesOf(side: Which, { heads, name }: PairedLabel): Float32Array {
    return contributions(heads[side], heads[side].labels.indexOf(name));
  }

  cut(_: Which, columns: number): Columns {
    return new Columns(0, this.places, columns);
  }

  ticks(most: number): Tick[] {
    return segmentTicks(this.cut(0, 1), most);
  }
}

/** Parts that each of two texts is cut into to be set beside the other: 5% each. */
const PARTS = 20;

/** The share of each text, from its first character to its last. */
class ShareAxis implements Axis {
  readonly places = PARTS;
  readonly unit = "Part";
  readonly about: string;
  readonly told: readonly Which[];

  constructor(private readonly comparison: Comparison) {
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

  cut(side: Which, columns: number): Cut {
    const places = Float64Array.from({ length: columns + 1 }, (_, column) => this.placeOf(side, column / columns));
    const first = Uint32Array.from(places.subarray(0, columns));
    return { count: columns, first, end: first.map((begin, column) => Math.max(begin + 1, places[column + 1] ?? 0)) };
  }

  ticks(most: number): Tick[] {
    const parts = [10, 4, 2].find((each) => each <= most) ?? 2;
    return Array.from({ length: parts - 1 }, (_, index) => (index + 1) / parts).map((share) => ({
      share,
      text: percent(share),
    }));
  }

  /** Where a share of the text lies among a side's segments: 3.25 is a quarter into the fourth. */
  private placeOf(side: Which, share: number): number {
    const { bounds } = this.comparison.sides[side].analysis;
    const [start, end] = [bounds[0] ?? 0, bounds.at(-1) ?? 0];
    return placeAt(bounds, start + (end - start) * share);
  }
}
