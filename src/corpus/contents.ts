import { setMaxListeners } from "node:events";
import { batchesOf } from "../batches";
import { UserError } from "../errors";
import type { CorpusDocument } from "./documents";
import { readDocument, tooLarge, type DocumentText } from "./readDocument";

/** What VS Code gives extensions at most, and so what can be opened from the results. */
const MAX_BYTES = 50 * 2 ** 20;

/**
 * What is read at a time: enough for the engine to compute short documents together, and no more than is to be done again
 * after a crash. A longer document is read by itself.
 */
const BATCH_BYTES = 64 * 2 ** 10;
const BATCH_DOCUMENTS = 16;

/** A document's text, or why it has none: one sentence. */
export type Content = DocumentText | UserError;

/** A document and what is in it. */
export type Loaded = readonly [CorpusDocument, Content];

/** The bytes that {@link contents} reads of a document: all or, of one that is too large, none. */
export function bytesToRead({ bytes }: CorpusDocument): number {
  return bytes <= MAX_BYTES ? bytes : 0;
}

/**
 * The documents with their contents, in batches of neighbours. While the caller works on one batch the next is read, and
 * no more than these two are in memory.
 * @throws CancelledError when `signal` aborts while one is read
 */
export async function* contents(
  documents: readonly CorpusDocument[],
  signal?: AbortSignal,
): AsyncGenerator<readonly Loaded[], void, undefined> {
  // Each file of two batches listens to it, which Node.js would report as a leak.
  if (signal) setMaxListeners(0, signal);
  let ahead: Promise<readonly Loaded[]> | undefined;
  for (const batch of batchesOf(documents, bytesToRead, BATCH_BYTES, BATCH_DOCUMENTS)) {
    const current = ahead;
    ahead = Promise.all(batch.map((document) => withContent(document, signal)));
    // Nobody may be waiting yet: who does later is told all the same.
    ahead.catch(() => undefined);
    if (current) yield await current;
  }
  if (ahead) yield await ahead;
}

/** What cannot be read is a UserError. */
async function withContent(document: CorpusDocument, signal: AbortSignal | undefined): Promise<Loaded> {
  const { path, bytes } = document;
  if (bytes > MAX_BYTES) return [document, tooLarge(path, MAX_BYTES)];
  try {
    return [document, await readDocument(path, { mostBytes: MAX_BYTES, signal })];
  } catch (error) {
    if (error instanceof UserError) return [document, error];
    throw error;
  }
}
