import { Tensor } from "onnxruntime-node";
import type { Chunk } from "./chunks";
import type { PoNetConfig } from "./config";
import { picked } from "./merge";
import type { State } from "./state";

/** What {@link embeddingGraph} is fed of a chunk. */
export function embeddingFeeds(chunk: Chunk) {
  const { ids, positions, tokenTypes } = chunk;
  return {
    membership: membership(chunk),
    ids: int32(ids),
    positions: int32(positions),
    ...(tokenTypes && { token_types: int32(tokenTypes) }),
  };
}

/** What {@link statisticsGraph} is fed of a chunk. @param means [D, d] */
export function statisticsFeeds(
  { start, end, documents, exclusion, tree }: Chunk,
  state: State,
  means: Float32Array,
  { hiddenSize }: PoNetConfig,
) {
  return {
    hidden: rows(state.rows(start, end), hiddenSize),
    mean: rows(picked(means, documents, hiddenSize), hiddenSize),
    exclusion: new Tensor("float32", exclusion, [documents.length, 1, end - start]),
    tree_rows: int32(tree.rows),
    ...Object.fromEntries(
      tree.levels.map(({ rows, width, table }, i) => [`tree_level_${i}`, int32(table, [rows, width])]),
    ),
  };
}

/** What {@link outputsGraph} is fed of a chunk. @param hidden [n + 2, d] @param attended [D, h, d] @param maxima [K, d] */
export function outputsFeeds(
  chunk: Chunk,
  hidden: Float32Array,
  attended: Float32Array,
  maxima: Float32Array,
  { hiddenSize, heads }: PoNetConfig,
) {
  const { documents, documentRow, tree, segmentRow, pooled, handicap } = chunk;
  const attendedHere = picked(attended, documents, heads * hiddenSize);
  return {
    hidden: rows(hidden, hiddenSize),
    membership: membership(chunk),
    attended: new Tensor("float32", attendedHere, [documents.length, heads, hiddenSize]),
    document_row: int32(documentRow),
    maxima: rows(picked(maxima, tree.segments, hiddenSize, 1), hiddenSize),
    segment_row: int32(segmentRow),
    pooled: rows(pooled, 1),
    handicap: rows(handicap, 1),
  };
}

const membership = (chunk: Chunk) => rows(chunk.membership, chunk.end - chunk.start);
const int32 = (data: Int32Array, shape: number[] = [data.length]) => new Tensor("int32", data, shape);
/** Values as rows of a width, in the memory they are in. */
export const rows = (data: Float32Array, width: number) => new Tensor("float32", data, [data.length / width, width]);
