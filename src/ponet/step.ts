import type { Chunk } from "./chunks";
import type { GlobalSummary } from "./merge";
import { output, type Outputs } from "./session";

/** A step of a run. What it holds of the state is good until the next step. */
export type Step =
  | { readonly kind: "embedded"; readonly chunk: Chunk; readonly hidden: Float32Array }
  /** A chunk's statistics were taken. */
  | { readonly kind: "read"; readonly layer: number; readonly chunk: Chunk }
  /** All were, and merged: `maxima` [K, d] of every segment. */
  | {
      readonly kind: "merged";
      readonly layer: number;
      readonly maxima: Float32Array;
      readonly summary: LayerSummary;
    }
  | ComputedStep
  /** The logits [D, L] of the heads that are no mean heads; always the last step. */
  | { readonly kind: "done"; readonly outputs: Outputs };

/** What a layer's rows take from their whole documents, their segments' maxima apart. */
export interface LayerSummary extends GlobalSummary {
  /** [D, d] The mean of what the layer mixes. */
  readonly mean: Float32Array;
}

/** What is kept of a layer, so that a part of its document can be computed by itself. */
export interface KnownLayer extends LayerSummary {
  /** [d] The maxima of some segments, by their numbers in the whole document. */
  readonly maxima: ReadonlyMap<number, Float32Array>;
}

/** A layer made a chunk's new rows. */
export interface ComputedStep {
  readonly kind: "computed";
  readonly layer: number;
  readonly chunk: Chunk;
  /** [h, n] The global attention on each row. */
  readonly attention: Float32Array;
  /** [n, d] The layer's output; the last layer's are the final token vectors. */
  readonly hidden: Float32Array;
  /** See {@link outputsGraph}. */
  readonly outputs: Outputs;
}

/** The values, [n, ...], of an output of {@link outputsGraph} that has a row for each of the chunk's and one more at either end. */
export function rowsOf({ outputs, chunk }: ComputedStep, name: string): Float32Array {
  const values = output(outputs, name);
  const width = values.length / (chunk.end - chunk.start + 2);
  return values.subarray(width, -width);
}
