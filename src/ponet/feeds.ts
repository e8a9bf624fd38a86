import type { Chunk } from "./chunks";
import type { PoNetConfig } from "./config";
import { picked } from "./merge";
import { Tensor } from "./onnxruntime";

/**
 * What is added to an unpooled row before a maximum is taken, where the authors put it in the row's place, to the same
 * effect; and to the score of another document's row, whose weight it makes 0.
 */
const NEVER_LARGEST = -10000;

/** What the graphs are fed of one chunk. What no layer changes is made once. */
export class ChunkFeeds {
  /** Of {@link embeddingGraph}. */
  readonly embedding: Readonly<Record<string, Tensor>>;
  private readonly ofStatistics: Readonly<Record<string, Tensor>>;
  private readonly ofOutputs: Readonly<Record<string, Tensor>>;

  constructor(
    private readonly chunk: Chunk,
    private readonly config: PoNetConfig,
  ) {
    const { ids, positions, tree, documentRow, segmentRow, pooled, documents } = chunk;
    const own = documentRow.subarray(1, -1);
    this.embedding = {
      membership: rows(byDocument(chunk, own, 1, 0), own.length),
      ids: int32(ids),
      positions: int32(positions),
    };
    this.ofStatistics = {
      exclusion: new Tensor("float32", byDocument(chunk, own, 0, NEVER_LARGEST), [documents.length, 1, own.length]),
      tree_rows: int32(tree.rows),
      ...Object.fromEntries(
        tree.levels.map(({ rows, width, table }, i) => [`tree_level_${i}`, int32(table, [rows, width])]),
      ),
    };
    this.ofOutputs = {
      membership: rows(byDocument(chunk, documentRow, 1, 0), documentRow.length),
      document_row: int32(documentRow),
      segment_row: int32(segmentRow),
      pooled: rows(pooled, 1),
      handicap: rows(
        pooled.map((isPooled) => (1 - isPooled) * NEVER_LARGEST),
        1,
      ),
    };
  }

  /** Of {@link statisticsGraph}. @param hidden [n, d] @param means [D, d] */
  statistics(hidden: Float32Array, means: Float32Array): Record<string, Tensor> {
    const { hiddenSize } = this.config;
    return {
      ...this.ofStatistics,
      hidden: rows(hidden, hiddenSize),
      mean: rows(picked(means, this.chunk.documents, hiddenSize), hiddenSize),
    };
  }

  /** Of {@link outputsGraph}. @param hidden [n + 2, d] @param attended [D, h, d] @param maxima [K, d] */
  outputs(hidden: Float32Array, attended: Float32Array, maxima: Float32Array): Record<string, Tensor> {
    const { hiddenSize, heads } = this.config;
    const { documents, tree } = this.chunk;
    const attendedHere = picked(attended, documents, heads * hiddenSize);
    return {
      ...this.ofOutputs,
      hidden: rows(hidden, hiddenSize),
      attended: new Tensor("float32", attendedHere, [documents.length, heads, hiddenSize]),
      maxima: rows(picked(maxima, tree.segments, hiddenSize, 1), hiddenSize),
    };
  }
}

/** [B, n] One value where a row is of a document, another where it is not. @param documentRow [n] */
function byDocument({ documents }: Chunk, documentRow: Int32Array, own: number, other: number): Float32Array {
  const n = documentRow.length;
  const values = new Float32Array(documents.length * n).fill(other);
  for (let i = 0; i < n; i++) {
    const document = documentRow[i] ?? -1;
    if (document >= 0) values[document * n + i] = own;
  }
  return values;
}

const int32 = (data: Int32Array, shape: number[] = [data.length]) => new Tensor("int32", data, shape);
/** Values as rows of a width, in the memory they are in. */
export const rows = (data: Float32Array, width: number) => new Tensor("float32", data, [data.length / width, width]);
