import { keptKnobs } from "../keptKnobs";

/** What the reader set in a folder's results and would not want to set again, and of which folder. */
export interface Knobs {
  readonly sort?: { readonly id: string; readonly descending: boolean } | undefined;
  readonly scroll: number;
  /** The host is given its path when the window was reloaded. */
  readonly folder?: string;
}

/** The knobs as they stand, and what turns some of them. */
export const { read: readKnobs, turn: turnKnobs } = keptKnobs<Knobs>({ scroll: 0 });
