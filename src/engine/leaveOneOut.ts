import type { SegmentRun } from "../analysis/clsHead";
import type { TokenizedDocument } from "./document";

/** Passes spent on leaving out, in tokens read again, and the bounds of their number. */
const TOKEN_BUDGET = 65_536;
const MIN_RUNS = 8;
const MAX_RUNS = 64;

/**
 * The runs of segments to leave out of one pass over the tokens from `start` up to `end`: single segments where the
 * budget allows, else neighbours together in runs of about equal length.
 */
export function segmentRuns({ tokenBounds }: TokenizedDocument, start: number, end: number): SegmentRun[] {
  const wanted = Math.min(MAX_RUNS, Math.max(MIN_RUNS, Math.floor(TOKEN_BUDGET / (end - start))));
  const runs: SegmentRun[] = [];
  let first: number | undefined;
  for (let k = 0; k + 1 < tokenBounds.length; k++) {
    const from = tokenBounds[k] ?? 0;
    const to = Math.min(tokenBounds[k + 1] ?? 0, end);
    if (to <= start || from >= end) continue;
    first ??= k;
    const runStart = Math.max(tokenBounds[first] ?? 0, start);
    const isLast = to === end;
    if (!isLast && to - runStart < (end - start) / wanted) continue;
    runs.push({ firstSegment: first, endSegment: k + 1, tokens: [runStart, to] });
    first = undefined;
  }
  return runs;
}
