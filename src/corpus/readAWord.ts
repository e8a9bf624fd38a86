import type { ReadingSettings } from "../engine/client";
import type { CorpusEngine } from "./engine";

/**
 * Tells a document that cannot be read from an engine that cannot read any.
 * @throws UserError when the engine reads nothing; CancelledError when `signal` aborts
 */
export async function readAWord(engine: CorpusEngine, settings: ReadingSettings, signal?: AbortSignal): Promise<void> {
  await engine.classify([{ name: "the first document", text: "A word." }], settings, { signal });
}
