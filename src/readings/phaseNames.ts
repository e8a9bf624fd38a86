import type { Phase } from "../engine/protocol";

/** What is done for an analysis: until the engine says anything of it, other things may come before it. */
export type RunPhase = Phase | "waiting";

/** The same for people. */
export const PHASE_NAMES: Readonly<Record<RunPhase, string>> = {
  waiting: "Waiting for the engine",
  loading: "Loading the model",
  segmenting: "Finding segments",
  tokenizing: "Tokenizing",
  inferring: "Reading",
  leavingOut: "Leaving segments out",
};
