import type { Origin } from "../../src/views/comparison/protocol";
import { keptKnobs } from "../keptKnobs";
import type { FigureTableState } from "../maps/figureTable";

/** What the reader set in a comparison and would not want to set again, and of what. */
export interface Knobs {
  /** The head and the label that the page speaks of. */
  readonly head?: string;
  readonly label?: string;
  /** Names of the heads whose labels are all shown. */
  readonly expanded: readonly string[];
  readonly scroll: number;
  /** Of the maps' colours; 0 is even. */
  readonly intensity: number;
  /** The part of the axis that the maps show. */
  readonly zoom?: readonly [from: number, to: number];
  /** The figures that the table shows. */
  readonly table?: FigureTableState;
  /** What is compared: the host is given it when the window was reloaded. */
  readonly origin?: Origin;
}

/** The knobs as they stand, and what turns some of them. */
export const { read: readKnobs, turn: turnKnobs } = keptKnobs<Knobs>({ expanded: [], scroll: 0, intensity: 0 });
