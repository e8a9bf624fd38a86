import { Tensor } from "onnxruntime-node";
import type { Chunk } from "./chunks";
import type { PoNetConfig } from "./config";
import { picked } from "./merge";
import type { State } from "./state";

/**
 * What is added to an unpooled row before a maximum is taken, where the authors put it in the row's place, to the same
 * effect; and to the score of another document's row, whose weight it makes 0.
 */
const NEVER_LARGEST = -10000;

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
export function statisticsFeeds(chunk: Chunk, state: State, means: Float32Array, { hiddenSize }: PoNetConfig) {
  const { start, end, documents, tree } = chunk;
  return {
    hidden: rows(state.rows(start, end), hiddenSize),
    mean: rows(picked(means, documents, hiddenSize), hiddenSize),
    exclusion: new Tensor("float32", byDocument(chunk, 0, NEVER_LARGEST), [documents.length, 1, end - start]),
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
  const { documents, documentRow, tree, segmentRow, pooled } = chunk;
  const attendedHere = picked(attended, documents, heads * hiddenSize);
  return {
    hidden: rows(hidden, hiddenSize),
    membership: membership(chunk),
    attended: new Tensor("float32", attendedHere, [documents.length, heads, hiddenSize]),
    document_row: int32(documentRow),
    maxima: rows(picked(maxima, tree.segments, hiddenSize, 1), hiddenSize),
    segment_row: int32(segmentRow),
    pooled: rows(pooled, 1),
    handicap: rows(
      pooled.map((isPooled) => (1 - isPooled) * NEVER_LARGEST),
      1,
    ),
  };
}

const membership = (chunk: Chunk) => rows(byDocument(chunk, 1, 0), chunk.end - chunk.start);

/** [B, n] One value where a row is of a document, another where it is not. */
function byDocument({ documents, documentRow }: Chunk, own: number, other: number): Float32Array {
  const n = documentRow.length - 2;
  const values = new Float32Array(documents.length * n).fill(other);
  for (let i = 0; i < n; i++) {
    const document = documentRow[i + 1] ?? -1;
    if (document >= 0) values[document * n + i] = own;
  }
  return values;
}

const int32 = (data: Int32Array, shape: number[] = [data.length]) => new Tensor("int32", data, shape);
/** Values as rows of a width, in the memory they are in. */
export const rows = (data: Float32Array, width: number) => new Tensor("float32", data, [data.length / width, width]);
