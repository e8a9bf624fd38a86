import type { Phase } from "../engine/protocol";

/** What the engine is doing, for people. */
export const PHASE_NAMES: Readonly<Record<Phase, string>> = {
  loading: "Loading the model",
  segmenting: "Finding segments",
  tokenizing: "Tokenizing",
  inferring: "Reading",
};
