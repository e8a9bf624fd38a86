import type { ReadingSettings } from "../engine/client";
import { CancelledError } from "../errors";
import { contents } from "./contents";
import type { CorpusDocument } from "./documents";
import type { CorpusEngine } from "./engine";
import type { CorpusProgress } from "./progress";
import { ProgressCount } from "./progressCount";
import { CorpusReader } from "./reader";
import type { ResultsFile } from "./resultsFile";
import type { Row } from "./row";

export interface CorpusJob {
  readonly documents: readonly CorpusDocument[];
  readonly settings: ReadingSettings;
  readonly engine: CorpusEngine;
  readonly results: ResultsFile;
  readonly signal?: AbortSignal;
  /** Receives the row of each file as it finishes, in the order of the documents. */
  readonly onRow: (row: Row) => void;
  readonly onProgress: (progress: CorpusProgress) => void;
}

/**
 * Classifies documents in their order, batch after batch, and appends a row for each to the results; those that have one
 * already are not read again, and a file that cannot be read gets a row that says why.
 * @throws UserError when the model or the provider cannot be used; CancelledError when `signal` aborts.
 */
export async function classifyCorpus(job: CorpusJob): Promise<void> {
  const { documents, settings, engine, results, signal, onRow, onProgress } = job;
  const reader = await CorpusReader.open(engine, settings, results, signal);
  const count = new ProgressCount(documents);
  onProgress(count.progress());
  for await (const batch of contents(documents, signal)) {
    if (signal?.aborted) throw new CancelledError();
    const current = batch.map(([document]) => document);
    const rows = reader.read(batch, (fraction) => {
      onProgress(count.progress(current, fraction));
    });
    let lap = performance.now();
    for await (const { document, row, reused } of rows) {
      if (reused) count.reuse(document);
      else {
        const now = performance.now();
        count.read(document, now - lap);
        lap = now;
      }
      current.shift();
      onRow(row);
      // The rows of a batch come when all of it is read.
      onProgress(count.progress(current, 1));
    }
  }
}
