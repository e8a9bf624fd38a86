import type { PoNetConfig } from "./config";
import { poolingTree, type PoolingTree } from "./poolingTree";
import type { Sequence } from "./sequence";

/** Rows of a sequence that are computed together, n of them, and what depends on ids and segments alone. */
export interface Chunk {
  /** Rows from `start` up to `end`. */
  readonly start: number;
  readonly end: number;
  /** [n] */
  readonly ids: Int32Array;
  /** [n] */
  readonly positions: Int32Array;
  /** [n] */
  readonly tokenTypes?: Int32Array;
  /** The maxima over what the chunk holds of each segment. */
  readonly tree: PoolingTree;
  /**
   * [n + 2] 1 where a row takes part in segment and local pooling: not where it is [CLS] or [SEP] under `clsgsepg`, and
   * not beyond either end of the sequence. The first and the last are of the rows before and behind the chunk.
   */
  readonly pooled: Float32Array;
  /** [n + 2] {@link NEVER_LARGEST} where a row is not pooled, else 0. */
  readonly handicap: Float32Array;
  /** [n + 2] Each pooled row's segment as an index into `tree.segments`; their number S for a row that reads none. */
  readonly segmentRow: Int32Array;
}

/** What is added to an unpooled row before a maximum is taken; the authors put it in the row's place, to the same effect. */
const NEVER_LARGEST = -10000;

/** Cuts a sequence into chunks of nearly equal length and of `most` rows at most. */
export function chunksOf(config: PoNetConfig, sequence: Sequence, most: number): Chunk[] {
  const rows = sequence.ids.length;
  const count = Math.ceil(rows / most);
  const bound = (i: number) => Math.floor((i * rows) / count);
  return Array.from({ length: count }, (_, i) => chunk(config, sequence, bound(i), bound(i + 1)));
}

function chunk(config: PoNetConfig, sequence: Sequence, start: number, end: number): Chunk {
  const { ids, segments, tokenTypes, firstRow = 0 } = sequence;
  const tree = poolingTree(segments.subarray(start, end));
  const pooled = new Float32Array(end - start + 2);
  const handicap = new Float32Array(pooled.length).fill(NEVER_LARGEST);
  const segmentRow = new Int32Array(pooled.length).fill(tree.segments.length);
  for (let i = 0; i < pooled.length; i++) {
    const id = ids[start - 1 + i];
    if (id === undefined || (config.clsgsepg && isSpecial(config, id))) continue;
    pooled[i] = 1;
    handicap[i] = 0;
    if (i > 0 && i < pooled.length - 1) segmentRow[i] = tree.indices[i - 1] ?? 0;
  }
  return {
    start,
    end,
    ids: ids.subarray(start, end),
    // As the authors reach 4,096 tokens with 512 positions.
    positions: Int32Array.from({ length: end - start }, (_, i) => (firstRow + start + i) % config.maxPositions),
    ...(tokenTypes && { tokenTypes: tokenTypes.subarray(start, end) }),
    tree,
    pooled,
    handicap,
    segmentRow,
  };
}

/** Whether `id` is [CLS] or [SEP]. */
export function isSpecial({ special }: PoNetConfig, id: number | undefined): boolean {
  return special !== undefined && (id === special.cls || id === special.sep);
}
