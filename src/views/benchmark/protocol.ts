// What the page of a benchmark says to the host, which answers with reports. Types only: both ends import them.

export type FromBenchmark =
  /** The page has loaded, or loaded again, and knows nothing. */
  | { readonly type: "ready" }
  /** Copy the tables as Markdown. */
  | { readonly type: "copy" }
  /** Write every time measured to a file. */
  | { readonly type: "export" };
