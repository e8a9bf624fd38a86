import type { CorpusEngine, CorpusSettings } from "./reader";

/**
 * Tells a document that cannot be read from an engine that cannot read any.
 * @throws UserError when the engine reads nothing; CancelledError when `signal` aborts
 */
export async function readAWord(
  engine: CorpusEngine,
  settings: CorpusSettings,
  signal = new AbortController().signal,
): Promise<void> {
  await engine.classify([{ name: "the first document", text: "A word." }], settings, { signal });
}
