import type { Progress } from "./protocol";

/** Lets the caller follow an analysis and end it. */
export interface Control {
  readonly report: (progress: Progress) => void;
  /** Lets waiting messages in; throws CancelledError when one of them cancelled this analysis. */
  readonly pause: () => Promise<void>;
}
