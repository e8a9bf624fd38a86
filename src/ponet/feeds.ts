import { Tensor } from "onnxruntime-node";
import type { Chunk } from "./chunks";
import type { PoNetConfig } from "./config";
import type { State } from "./state";

/** What {@link embeddingGraph} is fed of a chunk. */
export function embeddingFeeds({ ids, positions, tokenTypes }: Chunk) {
  return {
    ids: int32(ids),
    positions: int32(positions),
    ...(tokenTypes && { token_types: int32(tokenTypes) }),
  };
}

/** What {@link statisticsGraph} is fed of a chunk. @param mean [d] */
export function statisticsFeeds(
  { start, end, tree }: Chunk,
  state: State,
  mean: Float32Array,
  { hiddenSize }: PoNetConfig,
) {
  return {
    hidden: rows(state.rows(start, end), hiddenSize),
    mean: rows(mean, hiddenSize),
    tree_rows: int32(tree.rows),
    ...Object.fromEntries(
      tree.levels.map(({ rows, width, table }, i) => [`tree_level_${i}`, int32(table, [rows, width])]),
    ),
  };
}

/** What {@link outputsGraph} is fed of a chunk. @param hidden [n + 2, d] @param attended [h, d] @param maxima [S + 1, d] */
export function outputsFeeds(
  { pooled, handicap, segmentRow }: Chunk,
  hidden: Float32Array,
  attended: Float32Array,
  maxima: Float32Array,
  { hiddenSize }: PoNetConfig,
) {
  return {
    hidden: rows(hidden, hiddenSize),
    attended: rows(attended, hiddenSize),
    maxima: rows(maxima, hiddenSize),
    segment_row: int32(segmentRow),
    pooled: rows(pooled, 1),
    handicap: rows(handicap, 1),
  };
}

const int32 = (data: Int32Array, shape: number[] = [data.length]) => new Tensor("int32", data, shape);
/** Values as rows of a width, in the memory they are in. */
export const rows = (data: Float32Array, width: number) => new Tensor("float32", data, [data.length / width, width]);
