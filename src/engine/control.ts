import type { Meter } from "./meter";

/** Lets the caller follow an analysis and end it. */
export interface Control {
  readonly meter: Meter;
  /** Lets waiting messages in; throws CancelledError when one of them cancelled this analysis. */
  readonly pause: () => Promise<void>;
}
