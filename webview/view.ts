import type { Analysis, HeadAnalysis } from "../src/analysis/analysis";
import type { FromPanel } from "../src/views/panelProtocol";

/** A reading as the sections draw it: the analysis, and the head and label that are looked at. */
export interface View {
  readonly readingId: number;
  readonly analysis: Analysis;
  readonly head: HeadAnalysis;
  /** Index of the chosen label in the head's. */
  readonly label: number;
}

/** A part of the page: made once, drawn again for every view. */
export interface Section {
  readonly element: HTMLElement;
  render(view: View): void;
}

/** Sends the host a message. */
export type Post = (message: FromPanel) => void;
