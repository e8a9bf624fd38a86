import { isSpecial } from "../ponet/chunks";
import type { PoNetConfig } from "../ponet/config";
import type { Sequence } from "../ponet/sequence";

/** B sequences of N token ids, padded at their ends to equal length, as a reference implementation reads them; T = B N. */
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

/** The sequences of a batch without their padding. */
export function sequencesOf(config: PoNetConfig, batch: Batch): Sequence[] {
  const { length, ids, mask, tokenTypes } = batch;
  const segmentIds = batch.segmentIds ?? countedSegments(config, batch);
  return Array.from({ length: batch.batch }, (_, i) => {
    const start = i * length;
    let end = start + length;
    while (mask && end > start && mask[end - 1] === 0) end--;
    const numbers = new Map<number, number>();
    const segments = Int32Array.from({ length: end - start }, (_, row) => {
      const id = segmentIds[start + row] ?? -1;
      const number = numbers.get(id) ?? numbers.size;
      numbers.set(id, number);
      return number;
    });
    return {
      ids: ids.subarray(start, end),
      segments,
      segmentCount: numbers.size,
      ...(tokenTypes && { tokenTypes: tokenTypes.subarray(start, end) }),
    };
  });
}

/** [T] Segment numbers in the authors' counting: a special token at i raises the counter at i and at i + 1. */
export function countedSegments(config: PoNetConfig, { ids, length }: Batch): Int32Array {
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
