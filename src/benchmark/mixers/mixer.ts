import type { Build } from "../../ponet/blocks";
import type { Value } from "../../ponet/onnx/graph";

/** The sizes of a token mixing, all known when its graph is built. */
export interface MixerSizes {
  /** N tokens. */
  readonly length: number;
  /** d channels. */
  readonly width: number;
  /** h heads of e = d / h channels. */
  readonly heads: number;
  /** Rows that Linformer projects keys and values to. */
  readonly linformerRows: number;
  /** Averaged tokens of Nystroemformer. */
  readonly landmarks: number;
  /** Random features of Performer. */
  readonly features: number;
}

/**
 * A token mixing of one whole sequence, [N, d] to [N, d], before the projection of its result where it has one. Its
 * parameters are named as models/recipe/lra/mixers.py has them, below `module`; that file and this folder are the same
 * mathematics.
 */
export type Mixer = (build: Build, sizes: MixerSizes, module: string, x: Value) => Value;
