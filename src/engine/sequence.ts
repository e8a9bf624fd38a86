import type { PoNetConfig } from "../ponet/config";
import type { Sequence } from "../ponet/sequence";
import type { TokenizedDocument } from "./document";

/** Tokens from the first up to the second number. */
export type TokenRange = readonly [number, number];

/** How many rows stand before a document's first token. */
export function leadOf({ special }: PoNetConfig): number {
  return special ? 1 : 0;
}

/**
 * `[CLS] tokens [SEP]`, or the tokens alone where the model has no special ones. The text's K segments have their
 * numbers; [CLS] and [SEP] are segments K and K + 1.
 */
export function sequenceOf(document: TokenizedDocument, config: PoNetConfig, leftOut: TokenRange = [0, 0]): Sequence {
  const { ids, tokenBounds } = document;
  const { special } = config;
  const lead = leadOf(config);
  const segmentCount = tokenBounds.length - 1;
  const kept = ids.length - (leftOut[1] - leftOut[0]);
  const rowIds = new Int32Array(kept + 2 * lead);
  rowIds.set(ids.subarray(0, leftOut[0]), lead);
  rowIds.set(ids.subarray(leftOut[1]), lead + leftOut[0]);

  const segments = new Int32Array(rowIds.length);
  let row = lead;
  for (let segment = 0; segment < segmentCount; segment++) {
    const [start = 0, end = 0] = tokenBounds.subarray(segment, segment + 2);
    const overlap = Math.max(0, Math.min(end, leftOut[1]) - Math.max(start, leftOut[0]));
    segments.fill(segment, row, (row += end - start - overlap));
  }
  if (special) {
    rowIds[0] = special.cls;
    segments[0] = segmentCount;
    rowIds[row] = special.sep;
    segments[row] = segmentCount + 1;
  }
  return { ids: rowIds, segments, segmentCount: segmentCount + 2 * lead };
}
