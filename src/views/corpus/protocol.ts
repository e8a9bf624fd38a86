import type { CorpusProgress } from "../../corpus/progress";
import type { Row } from "../../corpus/row";

// What the host end of a folder's results and their page say to each other. Types only: both ends import them.

/** What the page shows beside the rows. */
export interface CorpusStatus {
  /** Absolute path of the folder. */
  readonly folder: string;
  /** What the folder is called. */
  readonly name: string;
  readonly running: boolean;
  /** Files of other kinds below the folder, which are not read; absent until they have been found. */
  readonly others?: number;
  /** Whether the rows are those of other settings than are set now. */
  readonly outdated: boolean;
  /** Of the run under way or the last one; absent until the documents have been found. */
  readonly progress?: CorpusProgress;
  /** Why the last run did not end: one sentence. */
  readonly failure?: string;
}

/** The kinds of file the rows are exported as. */
export type RowsFormat = "csv" | "jsonl";

export type ToCorpus =
  /** The tab was hidden and is in sight again: a page that lived on through that is to say `ready` again. */
  | { readonly type: "shown" }
  | { readonly type: "status"; readonly status: CorpusStatus }
  /** Rows that the page does not hold yet; `first` is the number of those that it must hold before. */
  | { readonly type: "rows"; readonly first: number; readonly rows: readonly Row[] };

export type FromCorpus =
  /** The page has loaded, or loaded again, and knows nothing. */
  | { readonly type: "ready" }
  | { readonly type: "cancel" }
  /** Run again; what is finished is not read again. */
  | { readonly type: "run" }
  /** Show the file of a row; with `focus` the editor gets it. */
  | { readonly type: "open"; readonly path: string; readonly focus: boolean }
  | { readonly type: "export"; readonly format: RowsFormat };
