import type { Which } from "../../src/views/comparison/protocol";
import type { Cut, Run } from "../maps/columns";
import type { Tick } from "../maps/ticks";
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
  /** How long it is for those who zoom in: as many segments as the side has that is cut more finely. */
  readonly length: number;
  /** Where a side's segment begins, 0 to `length`; that after the last begins at its end. */
  startOf(side: Which, segment: number): number;
  /** A part of it, as a side's segments cut into so many columns of pixels. */
  cut(side: Which, from: number, to: number, columns: number): Cut;
  /** A part of it in words. */
  describe(from: number, to: number): string;
  /** What is written below a part of it, and no more than there is room for. */
  ticks(from: number, to: number, most: number): Tick[];
}
