import { firstLine, UserError } from "../errors";
import type { CorpusDocument } from "./documents";
import { readDocument, type DocumentText } from "./readDocument";

/** What VS Code gives extensions at most, and so what can be opened from the results. */
const MAX_BYTES = 50 * 2 ** 20;

/** A document's text, or why it has none: one sentence. */
export type Content = DocumentText | UserError;

/** The bytes that {@link contents} reads of a document: all or, of one that is too large, none. */
export function bytesToRead({ bytes }: CorpusDocument): number {
  return bytes <= MAX_BYTES ? bytes : 0;
}

/**
 * The documents with their contents. While the caller works on one the next is read, and no more than these two are in
 * memory.
 */
export async function* contents(
  documents: readonly CorpusDocument[],
): AsyncGenerator<readonly [CorpusDocument, Content]> {
  let ahead: Promise<readonly [CorpusDocument, Content]> | undefined;
  for (const document of documents) {
    const current = ahead;
    ahead = withContent(document);
    if (current) yield await current;
  }
  if (ahead) yield await ahead;
}

/** Never rejects, since nobody may be waiting yet. */
async function withContent(document: CorpusDocument): Promise<readonly [CorpusDocument, Content]> {
  const { path, bytes } = document;
  if (bytes > MAX_BYTES) return [document, new UserError(`"${path}" is over 50 MB: split it to have it classified.`)];
  try {
    return [document, await readDocument(path)];
  } catch (error) {
    return [document, error instanceof UserError ? error : new UserError(`"${path}": ${firstLine(error)}.`)];
  }
}
