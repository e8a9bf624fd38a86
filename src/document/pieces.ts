import { isLineStart, isWordStart, outsideOfPair } from "./space";

/** UTF-16 units of a piece of a text that is too long to be one segment, at most; one more if the cut would fall within a pair. */
export const LONGEST_PIECE = 2000;

/** The last start of a line in the piece of the longest size that begins at `from`; `from` if there is none. */
export function lastLineStart(text: string, from: number): number {
  return lastStart(text, from, isLineStart);
}

/** The last start of a line, or else of a word, in the piece of the longest size that begins at `from`; or else its end. */
export function lastLineOrWordStart(text: string, from: number): number {
  for (const isStart of [isLineStart, isWordStart]) {
    const start = lastStart(text, from, isStart);
    if (start > from) return start;
  }
  return outsideOfPair(text, from + LONGEST_PIECE);
}

function lastStart(text: string, from: number, isStart: typeof isLineStart): number {
  let offset = from + LONGEST_PIECE;
  while (offset > from && !isStart(text, offset)) offset--;
  return offset;
}
