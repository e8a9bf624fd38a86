import type { Segmentation } from "../document/segmentations";
import type { ExecutionProvider } from "../ponet/provider";
import type { Temperature } from "./scores";

/**
 * How a segment's contribution to a logit came about. `additive`: the segment's exact share of a linear mean head;
 * the shares add up to the document's logit. `leave-one-out`: the segment's share, by tokens, of the logit lost when a run of
 * neighbours is left out that it is one of, or the only one.
 */
export type ContributionKind = "additive" | "leave-one-out";

/** What one head says of the document and of its segments. L labels, K segments; matrices are row-major. */
export interface HeadAnalysis {
  readonly name: string;
  readonly labels: readonly string[];
  /** The score, 0 to 1, below which the best label is not to be believed, as the model's card has it. */
  readonly threshold?: number | undefined;
  /** Why no label of the text is to be believed, whatever its score: one sentence, the same in every head, for a verdict is a head's. */
  readonly doubt?: string | undefined;
  /** What turns logits of texts, and of segments in their midst, into scores, as the card has it. */
  readonly temperature?: Temperature | undefined;
  readonly segmentTemperature?: Temperature | undefined;
  /** [L] The document's logits. */
  readonly logits: Float32Array;
  /** [L] The document's scores, 0 to 1. */
  readonly scores: Float32Array;
  readonly contributionKind: ContributionKind;
  /** [K, L] What each segment adds to the document's logits. */
  readonly contributions: Float32Array;
}

/** What a head says of the document alone. */
export type HeadScores = Pick<HeadAnalysis, "name" | "labels" | "threshold" | "doubt" | "scores">;

/** What a model says of a document that is not looked into any further. */
export interface DocumentScores {
  /** The one that ran. */
  readonly provider: ExecutionProvider;
  /** Text tokens, [CLS] and [SEP] not counted. */
  readonly tokens: number;
  readonly heads: readonly HeadScores[];
}

/** The figures of one (layer, segment) cell of the pooling maps, in their order in {@link PoolingMaps.values}. */
export const POOLING_STATISTICS = ["ga", "smp", "lmp", "pfGlobal", "pfSegment", "pfLocal"] as const;

/** The pooling maps: for every layer and segment the figures that {@link POOLING_STATISTICS} names. */
export interface PoolingMaps {
  readonly layers: number;
  /**
   * [layers, K, 6]
   * - `ga`: share of the global attention that falls on the segment's tokens, mean over heads.
   * - `smp`: share of the d channels whose document-wide maximum this segment holds.
   * - `lmp`: share of (token, channel) pairs whose window maximum comes from a neighbour.
   * - `pfGlobal`, `pfSegment`, `pfLocal`: mean L2 norms of the three summands G, S' and L.
   */
  readonly values: Float32Array;
}

/** Wall time of each phase, in milliseconds. */
export interface Timings {
  readonly segmentMs: number;
  readonly tokenizeMs: number;
  readonly inferMs: number;
  /** What it took to read the document again without segments, many times; absent where none was left out. */
  readonly leaveOutMs?: number | undefined;
  readonly totalMs: number;
  /** Text tokens per second of `totalMs` less `leaveOutMs`. */
  readonly tokensPerSecond: number;
}

/** What `auto` found out about one execution provider. */
export interface ProviderTrial {
  readonly provider: ExecutionProvider;
  /** The device that it runs on, where that is known. */
  readonly adapter?: string | undefined;
  /** In a short timing; absent when it was left out before. */
  readonly tokensPerSecond?: number | undefined;
  /** Why it cannot be used: completes "… is not used: ". */
  readonly leftOut?: string | undefined;
}

/** Everything one reading of one document found: plain data, made once by the engine and read by every view. */
export interface Analysis {
  /** The name of the model's folder. */
  readonly model: string;
  /** What tells the model from others of its name, and from itself after more training. */
  readonly modelKey: string;
  readonly provider: ExecutionProvider;
  /** The device that the provider runs on, where that is known. */
  readonly adapter?: string | undefined;
  /** What `auto` found, the provider that ran first; empty when the provider was asked for by name. */
  readonly trials: readonly ProviderTrial[];
  readonly segmentation: Segmentation;
  /** Text tokens, [CLS] and [SEP] not counted. */
  readonly tokens: number;
  readonly heads: readonly HeadAnalysis[];
  /** [K + 1] UTF-16 offsets: segment k is the half-open range from `bounds[k]` to `bounds[k + 1]`. */
  readonly bounds: Uint32Array;
  /** [K] Text tokens in each segment. */
  readonly segmentTokens: Uint32Array;
  readonly pooling: PoolingMaps;
  readonly timings: Timings;
  /** Largest resident memory of the engine process so far, in MiB. */
  readonly peakRssMb: number;
}

/** Index of the largest value; the first of equals. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) {
    if ((values[i] ?? -Infinity) > (values[best] ?? -Infinity)) best = i;
  }
  return best;
}
