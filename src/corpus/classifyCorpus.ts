import type { EngineClient } from "../engine/client";
import { CancelledError } from "../errors";
import { contents } from "./contents";
import type { CorpusDocument } from "./documents";
import type { CorpusProgress } from "./progress";
import { ProgressCount } from "./progressCount";
import { CorpusReader, type CorpusSettings } from "./reader";
import type { ResultsFile } from "./resultsFile";
import type { Row } from "./row";

export interface CorpusJob {
  readonly documents: readonly CorpusDocument[];
  readonly settings: CorpusSettings;
  readonly engine: Pick<EngineClient, "analyze">;
  readonly results: ResultsFile;
  readonly signal: AbortSignal;
  /** Receives the row of each file as it finishes, in the order of the documents. */
  readonly onRow: (row: Row) => void;
  readonly onProgress: (progress: CorpusProgress) => void;
}

/**
 * Classifies documents one after the other and appends a row for each to the results; those that have one already are
 * not read again, and a file that cannot be read gets a row that says why.
 * @throws UserError when the model or the provider cannot be used; CancelledError when `signal` aborts.
 */
export async function classifyCorpus(job: CorpusJob): Promise<void> {
  const { documents, settings, engine, results, signal, onRow, onProgress } = job;
  const reader = await CorpusReader.open(engine, settings, results, signal);
  const count = new ProgressCount(documents);
  onProgress(count.progress());
  for await (const [document, content] of contents(documents)) {
    if (signal.aborted) throw new CancelledError();
    const started = performance.now();
    const { row, reused } = await reader.read(document.path, content, (fraction) => {
      onProgress(count.progress(document, fraction));
    });
    if (reused) count.reuse(document);
    else count.read(document, performance.now() - started);
    onRow(row);
    onProgress(count.progress());
  }
}
