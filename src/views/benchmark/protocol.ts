import type { Report } from "../../benchmark/report";

// What the host end of a benchmark and its page say to each other. Types only: both ends import them.

/** All that is measured so far; takes the place of the report before. */
export interface ToBenchmark {
  readonly type: "report";
  readonly report: Report;
}

export type FromBenchmark =
  /** The page has loaded, or loaded again, and knows nothing. */
  | { readonly type: "ready" }
  /** Copy the tables as Markdown. */
  | { readonly type: "copy" }
  /** Write every time measured to a file. */
  | { readonly type: "export" };
