import type { Analyses } from "../readings/analyses";

/** "PoNet: Cancel": ends every analysis under way; each document keeps the reading it had. */
export function cancel(analyses: Analyses): void {
  for (const { running } of analyses.all()) running?.abort.abort();
}
