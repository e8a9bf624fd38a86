/** Rows from `start` up to `end`. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/** What the encoder reads: R token ids, [CLS] and [SEP] among them where the model has them, each row in one of K segments. */
export interface Sequence {
  /** [R] */
  readonly ids: Int32Array;
  /** [R] Each row's segment, 0 to K - 1; the rows of one need not stand together. */
  readonly segments: Int32Array;
  /** K */
  readonly segmentCount: number;
  /** [R] Absent: all 0. */
  readonly tokenTypes?: Int32Array;
  /** [R] Each row's place in its document; absent: 0 to R - 1. */
  readonly positions?: Int32Array;
  /** [D] The rows of each document, in their order; what lies between is of none. Absent: all rows are one document's. */
  readonly documents?: readonly RowRange[];
}

/** [D] The rows of each document of a sequence. */
export function documentsOf({ ids, documents }: Sequence): readonly RowRange[] {
  return documents ?? [{ start: 0, end: ids.length }];
}

/** The rows of a range of a document's sequence. */
export function partOf({ ids, segments, segmentCount }: Sequence, { start, end }: RowRange): Sequence {
  return {
    ids: ids.subarray(start, end),
    segments: segments.subarray(start, end),
    segmentCount,
    positions: Int32Array.from({ length: end - start }, (_, i) => start + i),
  };
}

/**
 * Documents of one token type as one sequence, to be computed together. Between two of them stands a row of neither, so
 * that no local window reaches from one into the other; it is a segment of its own.
 */
export function joined(sequences: readonly Sequence[]): Sequence {
  const rows = sequences.reduce((sum, { ids }) => sum + ids.length + 1, -1);
  const [ids, segments, positions] = [new Int32Array(rows), new Int32Array(rows), new Int32Array(rows)];
  const documents: RowRange[] = [];
  let start = 0;
  let segmentCount = 0;
  for (const sequence of sequences) {
    const end = start + sequence.ids.length;
    ids.set(sequence.ids, start);
    for (let row = start; row < end; row++) {
      segments[row] = segmentCount + (sequence.segments[row - start] ?? 0);
      positions[row] = row - start;
    }
    documents.push({ start, end });
    segmentCount += sequence.segmentCount;
    if (end < rows) segments[end] = segmentCount++;
    start = end + 1;
  }
  return { ids, segments, segmentCount, positions, documents };
}
