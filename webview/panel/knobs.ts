import { keptKnobs } from "../keptKnobs";
import type { FigureTableState } from "../maps/figureTable";

/** How far the page and its list are scrolled, in pixels. */
export interface Scroll {
  readonly page: number;
  readonly list: number;
}

/** What the reader set in this view and would not want to set again; the host knows nothing of it. */
export interface Knobs {
  readonly scroll?: Scroll & { readonly document: string };
  /** Of the maps' colours; 0 is even. */
  readonly intensity: number;
  /** The part of a document that the maps show, in places among its segments. */
  readonly zoom?: {
    readonly document: string;
    readonly segments: number;
    readonly from: number;
    readonly to: number;
  };
  /** The figures that the maps' table shows. */
  readonly table?: FigureTableState;
  readonly order: "document" | "strongest";
  /** Names of the heads whose labels are all shown. */
  readonly expanded: readonly string[];
}

/** The knobs as they stand, and what turns some of them. */
export const { read: readKnobs, turn: turnKnobs } = keptKnobs<Knobs>({ intensity: 0, order: "document", expanded: [] });

/** How far a document is scrolled: where none or another was scrolled last, it is at its start. */
export function scrollIn(document: string): Scroll {
  const { scroll } = readKnobs();
  return scroll?.document === document ? scroll : { page: 0, list: 0 };
}

/** What was set in a document is kept for it under another name. */
export function rename(document: string, to: string): void {
  const { scroll, zoom } = readKnobs();
  turnKnobs({
    ...(scroll?.document === document && { scroll: { ...scroll, document: to } }),
    ...(zoom?.document === document && { zoom: { ...zoom, document: to } }),
  });
}

/** Keeps how far a document is scrolled now. */
export function keepScroll(document: string, change: Partial<Scroll>): void {
  turnKnobs({ scroll: { ...scrollIn(document), ...change, document } });
}
