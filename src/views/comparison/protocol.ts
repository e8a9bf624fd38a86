import type { Analysis } from "../../analysis/analysis";

// What the host end of a comparison and its page say to each other. Types only: both ends import them.

/** Which of the two that are compared. */
export type Which = 0 | 1;

/** What there is of each of the two. */
export type Pair<T> = readonly [T, T];

/** One of the two analyses that are compared. */
export interface Side {
  /** The model's or the document's name, whichever differs. */
  readonly title: string;
  /** The document's. */
  readonly uri: string;
  readonly analysis: Analysis;
}

/** Two models on one document, or one model on two documents. */
export interface Comparison {
  readonly of: "models" | "documents";
  /** What both have in common: the document's or the model's name. */
  readonly common: string;
  readonly sides: Pair<Side>;
}

/** What a page keeps of its comparison, so that it can be made again from readings that are kept elsewhere. */
export interface Origin extends Pick<Comparison, "of" | "common"> {
  readonly sides: Pair<Pick<Side, "title" | "uri"> & Pick<Analysis, "modelKey" | "segmentation">>;
}

export type ToComparison =
  | { readonly type: "comparison"; readonly comparison: Comparison }
  /** Instead of a comparison that was there before the window was reloaded: why it cannot be made again, one sentence. */
  | { readonly type: "gone"; readonly why: string }
  /** The first words of the segments that were asked for, in their order. */
  | {
      readonly type: "excerpts";
      readonly side: Which;
      readonly segments: readonly number[];
      readonly texts: readonly string[];
    }
  /** Why what is shown is not as it is now: one sentence; absent where it is. */
  | { readonly type: "stale"; readonly why?: string };

export type FromComparison =
  /** The page has loaded, or loaded again, and knows nothing. */
  | { readonly type: "ready" }
  /** Compare the first document again. */
  | { readonly type: "compare" }
  /** With `focus` the editor gets it. */
  | { readonly type: "reveal"; readonly side: Which; readonly segment: number; readonly focus: boolean }
  | { readonly type: "excerpts"; readonly side: Which; readonly segments: readonly number[] };
