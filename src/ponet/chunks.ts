import type { PoNetConfig } from "./config";
import { poolingTree, type PoolingTree } from "./poolingTree";
import { documentsOf, type RowRange, type Sequence } from "./sequence";

/** Rows of a sequence that are computed together, n of them, and what depends on ids, segments and documents alone. */
export interface Chunk extends RowRange {
  /** [n] */
  readonly ids: Int32Array;
  /** [n] Rows of the table that holds the positions of one token type behind those of another. */
  readonly positions: Int32Array;
  /** The maxima over what the chunk holds of each segment. */
  readonly tree: PoolingTree;
  /** [B] The numbers of the documents that the rows are of. */
  readonly documents: readonly number[];
  /** [n + 2] Each row's document as an index into `documents`; -1 for a row that is of none, and for the first and the last. */
  readonly documentRow: Int32Array;
  /**
   * [n + 2] 1 where a row is given its segment's and its window's maxima, and its neighbours see it: not where it is [CLS]
   * or [SEP] under `clsgsepg` (one that is written out in a segment does count for the segment's maximum, as in the authors'
   * code), and not where it is of no document or beyond either end of the sequence. The first and the last are of the rows before and behind the chunk.
   */
  readonly pooled: Float32Array;
  /** [n + 2] Each pooled row's segment as an index into `tree.segments`; their number S for a row that reads none. */
  readonly segmentRow: Int32Array;
}

/** Cuts a sequence into chunks of nearly equal length and of `most` rows at most. */
export function chunksOf(config: PoNetConfig, sequence: Sequence, most: number): Chunk[] {
  const rows = sequence.ids.length;
  const count = Math.ceil(rows / most);
  const bound = (i: number) => Math.floor((i * rows) / count);
  return Array.from({ length: count }, (_, i) => chunk(config, sequence, { start: bound(i), end: bound(i + 1) }));
}

function chunk(config: PoNetConfig, sequence: Sequence, range: RowRange): Chunk {
  const { ids, segments } = sequence;
  const { start, end } = range;
  const tree = poolingTree(segments.subarray(start, end));
  return {
    ...range,
    ids: ids.subarray(start, end),
    positions: positionRows(config, sequence, range),
    tree,
    ...documentsIn(documentsOf(sequence), range),
    ...poolingRows(config, sequence, range, tree),
  };
}

function positionRows({ maxPositions }: PoNetConfig, { positions, tokenTypes }: Sequence, { start, end }: RowRange) {
  return Int32Array.from({ length: end - start }, (_, i) => {
    const row = start + i;
    // As the authors reach 4,096 tokens with 512 positions.
    return (tokenTypes?.[row] ?? 0) * maxPositions + ((positions?.[row] ?? row) % maxPositions);
  });
}

function documentsIn(ranges: readonly RowRange[], { start, end }: RowRange) {
  const present = ranges.flatMap((range, document) =>
    range.start < end && start < range.end ? [{ document, range }] : [],
  );
  // A chunk of rows of none still has one to count them out of.
  const parts = present.length > 0 ? present : [{ document: 0, range: { start, end: start } }];
  const documentRow = new Int32Array(end - start + 2).fill(-1);
  for (const [index, { range }] of parts.entries()) {
    documentRow.fill(index, Math.max(range.start, start) - start + 1, Math.min(range.end, end) - start + 1);
  }
  return { documents: parts.map(({ document }) => document), documentRow };
}

function poolingRows(config: PoNetConfig, sequence: Sequence, { start, end }: RowRange, tree: PoolingTree) {
  const pooled = new Float32Array(end - start + 2);
  const segmentRow = new Int32Array(pooled.length).fill(tree.segments.length);
  for (const range of documentsOf(sequence)) {
    for (let row = Math.max(range.start, start - 1); row < Math.min(range.end, end + 1); row++) {
      if (config.clsgsepg && isSpecial(config, sequence.ids[row])) continue;
      const i = row - start + 1;
      pooled[i] = 1;
      if (row >= start && row < end) segmentRow[i] = tree.indices[row - start] ?? 0;
    }
  }
  return { pooled, segmentRow };
}

/** Whether `id` is [CLS] or [SEP]. */
export function isSpecial({ special }: PoNetConfig, id: number | undefined): boolean {
  return special !== undefined && (id === special.cls || id === special.sep);
}
