import { vscode } from "./vscodeApi";

/** What the reader set in this view and would not want to set again; the host knows nothing of it. */
export interface Knobs {
  readonly pageScroll: number;
  readonly listScroll: number;
  /** Of the maps' colours; 0 is even. */
  readonly intensity: number;
  /** The part of a document that the maps show, in places among its segments. */
  readonly zoom?: {
    readonly document: string;
    readonly segments: number;
    readonly from: number;
    readonly to: number;
  };
  /** The figures that the maps' table shows. */
  readonly table?: { readonly open: boolean; readonly figures: string };
  readonly order: "document" | "strongest";
  /** Names of the heads whose labels are all shown. */
  readonly expanded: readonly string[];
}

const INITIAL: Knobs = { pageScroll: 0, listScroll: 0, intensity: 0, order: "document", expanded: [] };

let knobs: Knobs = { ...INITIAL, ...(vscode.getState() as Partial<Knobs> | undefined) };

/** The knobs as they stand. */
export function readKnobs(): Knobs {
  return knobs;
}

/** Turns some knobs; they outlive the page. */
export function turnKnobs(change: Partial<Knobs>): void {
  knobs = { ...knobs, ...change };
  vscode.setState(knobs);
}
