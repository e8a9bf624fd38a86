import type { Analysis, HeadAnalysis } from "../analysis";
import type { Explanation } from "../explanation";

/** What is exported: an analysis, and the head and label that are looked at. */
export interface ExportInput {
  /** The document's. */
  readonly name: string;
  readonly analysis: Analysis;
  /** What was read; it begins at the offset `analysis.bounds[0]`. */
  readonly text: string;
  /** Whether that is a selection in the document, and not all of it. */
  readonly isSelection: boolean;
  /** Why the analysis is no longer what the document is: one sentence. */
  readonly stale?: string | undefined;
  /** What went without those of its segments that were left out. */
  readonly explanations?: readonly Explanation[] | undefined;
  readonly head: HeadAnalysis;
  /** Index of the label in the head's. */
  readonly label: number;
}
