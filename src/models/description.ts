import type { Card } from "./card";

/** What a checkpoint folder tells without its weights being read. */
export interface ModelEntry {
  /** The folder's name. */
  readonly id: string;
  /** Absolute path of the checkpoint folder. */
  readonly folder: string;
  readonly card?: Card;
  /** Size of the weights; absent when the folder or the weights are missing. */
  readonly bytes?: number;
}

/** What it holds, once it has been read: plain values that cross from the engine process to its host. */
export interface ModelDescription extends ModelEntry {
  readonly layers: number;
  /** d, the width of a token vector. */
  readonly width: number;
  readonly heads: readonly { readonly name: string; readonly labels: number }[];
}
