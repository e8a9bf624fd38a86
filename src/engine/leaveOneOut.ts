import type { PoNetConfig } from "../ponet/config";
import type { Sequence } from "../ponet/sequence";
import type { TokenizedDocument } from "./document";
import { leadOf, sequenceOf, type TokenRange } from "./sequence";

/** Neighbouring segments that are left out together. */
export interface SegmentRun {
  readonly firstSegment: number;
  /** One past the last. */
  readonly endSegment: number;
  readonly tokens: TokenRange;
}

/** Tokens that are read again to leave every segment out once, and the bounds of the number of readings. */
const TOKEN_BUDGET = 65_536;
const MIN_RUNS = 8;
const MAX_RUNS = 64;

/**
 * The runs of segments to leave out of a document: single segments where the budget allows, else neighbours together in
 * runs of about equal length.
 */
export function segmentRuns({ ids, tokenBounds }: TokenizedDocument): SegmentRun[] {
  const wanted = Math.min(MAX_RUNS, Math.max(MIN_RUNS, Math.floor(TOKEN_BUDGET / ids.length)));
  const runs: SegmentRun[] = [];
  let first = 0;
  for (let end = 1; end < tokenBounds.length; end++) {
    const tokens: TokenRange = [tokenBounds[first] ?? 0, tokenBounds[end] ?? 0];
    const isLast = end + 1 === tokenBounds.length;
    if (!isLast && tokens[1] - tokens[0] < ids.length / wanted) continue;
    runs.push({ firstSegment: first, endSegment: end, tokens });
    first = end;
  }
  return runs;
}

/** A document without each of some runs of its tokens, one sequence after the other as it is asked for. */
export function* withoutEach(
  document: TokenizedDocument,
  config: PoNetConfig,
  leftOut: Iterable<TokenRange>,
): Generator<Sequence, void, undefined> {
  for (const range of leftOut) yield sequenceOf(document, config, range);
}

/** How many rows all of these have. */
export function rowsWithoutEach(
  { ids }: TokenizedDocument,
  config: PoNetConfig,
  leftOut: readonly TokenRange[],
): number {
  return leftOut.reduce((rows, [start, end]) => rows + ids.length + 2 * leadOf(config) - (end - start), 0);
}
