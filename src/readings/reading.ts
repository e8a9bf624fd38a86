import type * as vscode from "vscode";
import type { Analysis } from "../analysis/analysis";
import type { Explanation } from "../analysis/explanation";
import type { DecisiveSettings } from "../settings";

/** A reading of a document, or of a selection in it. */
export interface Reading extends ReadText {
  /** Its offsets are the document's, also when only a selection was read. */
  readonly analysis: Analysis;
  /** What is lost without those of its segments that were left out to find that out. */
  readonly explanations?: readonly Explanation[];
  /** Why this is no longer what the document is: one sentence. */
  readonly stale?: string;
}

/** What is read. */
export interface ReadText {
  /** Different for every reading, so that views can tell whether they hold this one. */
  readonly id: number;
  readonly text: string;
  /** The document's offset at which it begins, in UTF-16 units. */
  readonly start: number;
  /** The document's version when it was read. */
  readonly version: number;
  /** The part of the document that was read; absent when it was all of it. */
  readonly selection?: vscode.Range;
  /** What was set when it was read. */
  readonly settings: DecisiveSettings;
}
