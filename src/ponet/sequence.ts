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
  /** Which row of the whole sequence row 0 is, when this is a part of one; else 0. */
  readonly firstRow?: number;
}

/** The rows from `start` up to `end` of a sequence, with their segments numbered anew. */
export function partOf(sequence: Sequence, start: number, end: number): Sequence {
  const numbers = new Map<number, number>();
  const segments = sequence.segments.subarray(start, end).map((segment) => {
    const number = numbers.get(segment) ?? numbers.size;
    numbers.set(segment, number);
    return number;
  });
  return {
    ids: sequence.ids.subarray(start, end),
    segments,
    segmentCount: numbers.size,
    ...(sequence.tokenTypes && { tokenTypes: sequence.tokenTypes.subarray(start, end) }),
    firstRow: (sequence.firstRow ?? 0) + start,
  };
}
