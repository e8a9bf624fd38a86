import { count, counted, timeLeft } from "../analysis/figures";

/** Where a run over a corpus stands. */
export interface CorpusProgress {
  /** Files that are finished, of `total`; `reused` of them in an earlier run. */
  readonly finished: number;
  readonly reused: number;
  readonly total: number;
  /** 0 to 1, by bytes. */
  readonly fraction: number;
  /** Undefined until something has been read. */
  readonly timeRemainingMs?: number;
}

/** In words. */
export function progressLine({ finished, total, timeRemainingMs }: CorpusProgress): string {
  const left = timeRemainingMs === undefined ? "" : `, ${timeLeft(timeRemainingMs)}`;
  return `${count(finished)} of ${counted(total, "document")}${left}`;
}
