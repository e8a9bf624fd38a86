import { vscode } from "./vscodeApi";

/** What the reader set in a page and would not want to set again: it outlives the page. */
export interface KeptKnobs<Knobs> {
  /** The knobs as they stand. */
  readonly read: () => Knobs;
  /** Turns some knobs. */
  readonly turn: (change: Partial<Knobs>) => void;
}

/** The knobs of this page as it was left. @param initial as they are before any was turned */
export function keptKnobs<Knobs>(initial: Knobs): KeptKnobs<Knobs> {
  let knobs: Knobs = { ...initial, ...(vscode.getState() as Partial<Knobs> | undefined) };
  return {
    read: () => knobs,
    turn: (change) => {
      knobs = { ...knobs, ...change };
      vscode.setState(knobs);
    },
  };
}
