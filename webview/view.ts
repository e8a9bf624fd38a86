import type { Analysis, HeadAnalysis } from "../src/analysis/analysis";
import { contributions, peak } from "../src/analysis/segmentFigures";
import type { FromPanel } from "../src/views/panel/protocol";

/** A reading as the sections draw it: the analysis, and the head and label that are looked at. */
export interface View {
  /** The document, or the selection of it: what the reader set in it outlives the reading. */
  readonly document: string;
  readonly readingId: number;
  readonly analysis: Analysis;
  readonly head: HeadAnalysis;
  /** Index of the chosen label in the head's. */
  readonly label: number;
  /** [K] What each segment adds to the label's logit. */
  readonly values: Float32Array;
  /** The largest absolute one of them. */
  readonly peak: number;
}

/** A view of a reading by a label of one of its heads. */
export function viewOf(
  document: string,
  { readingId, analysis }: Pick<View, "readingId" | "analysis">,
  head: HeadAnalysis,
  label: number,
): View {
  const values = contributions(head, label);
  return { document, readingId, analysis, head, label, values, peak: peak(values) };
}

/** A part of the page: made once, drawn again for every view. */
export interface Section {
  readonly element: HTMLElement;
  render(view: View): void;
}

/** Sends the host a message. */
export type Post = (message: FromPanel) => void;
