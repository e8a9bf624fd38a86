import type { EngineClient } from "../engine/client";

/** What a corpus is classified with. */
export type CorpusEngine = Pick<EngineClient, "classify">;
