import { count } from "../../src/analysis/figures";
import { contributions, segmentCount } from "../../src/analysis/segmentFigures";
import type { Comparison, Which } from "../../src/views/comparison/protocol";
import { Columns, type Run } from "../maps/columns";
import { segmentsInWords, segmentTicks, type Tick } from "../maps/ticks";
import type { Axis } from "./axis";
import type { PairedLabel } from "./pairedHead";

/** The segments that both have. */
export class SegmentAxis implements Axis {
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

  get length(): number {
    return this.places;
  }

  startOf(_: Which, segment: number): number {
    return segment;
  }

  cut(_: Which, from: number, to: number, columns: number): Columns {
    return new Columns(from, to, columns);
  }

  describe(from: number, to: number): string {
    return segmentsInWords(from, to, this.places);
  }

  ticks(from: number, to: number, most: number): Tick[] {
    return segmentTicks(new Columns(from, to, 1), most);
  }
}
