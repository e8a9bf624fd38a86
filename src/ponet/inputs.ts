import type { PoNetConfig } from "./config";
import { poolingTree, type PoolingTree } from "./poolingTree";

/** B sequences of N token ids, padded to equal length; T = B N. */
export interface Batch {
  readonly batch: number;
  readonly length: number;
  /** [T] */
  readonly ids: Int32Array;
  /** [T] 1 for a real token, 0 for padding; absent when nothing is padded. */
  readonly mask?: ArrayLike<number>;
  /** [T] Any numbering; tokens of a sequence with equal numbers share a segment. Absent: counted from [CLS] and [SEP]. */
  readonly segmentIds?: ArrayLike<number>;
  /** [T] Absent: all 0. */
  readonly tokenTypes?: Int32Array;
}

/** What a run of the graph is fed: a {@link Batch}, worked out as far as plain counting goes. */
export interface Inputs {
  readonly batch: number;
  readonly length: number;
  readonly ids: Int32Array;
  readonly tokenTypes?: Int32Array;
  /** [T] */
  readonly positions: Int32Array;
  /** [B, 1, N] 1 / (real tokens) on real tokens, else 0: a product with it is a mean. */
  readonly meanWeights: Float32Array;
  /** [B, 1, N] 0 on real tokens, -10000 on padding. */
  readonly attentionBias: Float32Array;
  /** [T] 1 where a token takes part in segment and local pooling: real and, under `clsgsepg`, neither [CLS] nor [SEP]. */
  readonly pooled: Uint8Array;
  readonly tree: PoolingTree;
}

/** What padding gets before a softmax; the value the checkpoints were trained with. */
const MASKED = -10000;

/**
 * Works out the tensors that depend on ids, mask and segments alone.
 * Positions count from the first real token and wrap modulo the position table, as the authors reach 4,096 tokens with
 * 512 positions.
 */
export function prepare(config: PoNetConfig, batch: Batch): Inputs {
  const { length, ids, mask } = batch;
  const total = ids.length;
  const real = (i: number) => mask === undefined || mask[i] === 1;

  const positions = new Int32Array(total);
  const meanWeights = new Float32Array(total);
  const attentionBias = new Float32Array(total);
  const pooled = new Uint8Array(total);
  for (let start = 0; start < total; start += length) {
    let realTokens = 0;
    for (let i = start; i < start + length; i++) if (real(i)) realTokens++;
    let first = start;
    while (first < start + length && !real(first)) first++;
    for (let i = start; i < start + length; i++) {
      positions[i] = Math.max(i - first, 0) % config.maxPositions;
      if (real(i)) {
        meanWeights[i] = 1 / realTokens;
        pooled[i] = config.clsgsepg && isSpecial(config, ids[i]) ? 0 : 1;
      } else {
        attentionBias[i] = MASKED;
      }
    }
  }
  const segmentIds = batch.segmentIds ?? countedSegments(config, ids, length);
  const tree = poolingTree(segmentIds, length, real, (i) => pooled[i] === 1);
  return {
    batch: batch.batch,
    length,
    ids,
    ...(batch.tokenTypes && { tokenTypes: batch.tokenTypes }),
    positions,
    meanWeights,
    attentionBias,
    pooled,
    tree,
  };
}

/** Whether `id` is [CLS] or [SEP]. */
export function isSpecial({ special }: PoNetConfig, id: number | undefined): boolean {
  return special !== undefined && (id === special.cls || id === special.sep);
}

/** [T] Segment numbers in the authors' counting: a special token at i raises the counter at i and at i + 1. */
export function countedSegments(config: PoNetConfig, ids: Int32Array, length: number): Int32Array {
  const segments = new Int32Array(ids.length);
  for (let start = 0; start < ids.length; start += length) {
    let counter = -1;
    for (let i = start; i < start + length; i++) {
      if (isSpecial(config, ids[i])) counter++;
      if (i > start && isSpecial(config, ids[i - 1])) counter++;
      segments[i] = counter;
    }
  }
  return segments;
}
