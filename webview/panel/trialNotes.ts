import type { ProviderTrial } from "../../src/analysis/analysis";
import { leftOutNote, providerName } from "../../src/analysis/figures";

/** How the providers that do not run did in their trials, a sentence each. @param trials The fastest first. */
export function trialNotes(trials: readonly ProviderTrial[]): string[] {
  const fastest = trials[0]?.tokensPerSecond;
  return trials.flatMap((trial, place) => {
    const note = leftOutNote(trial);
    if (note !== undefined) return [note];
    if (place === 0 || !fastest || !trial.tokensPerSecond) return [];
    const ratio = (fastest / trial.tokensPerSecond).toFixed(1);
    const speed = ratio === "1.0" ? "as fast" : `${ratio} times slower`;
    return [`${providerName(trial.provider, trial.adapter)}: ${speed} in a short trial.`];
  });
}
