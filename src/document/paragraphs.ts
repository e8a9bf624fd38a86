import { paragraphStarts } from "./lines";
import { lastSentenceStart } from "./sentences";
import { isLineStart, isWordStart, outsideOfPair } from "./space";

/** UTF-16 units of a longer paragraph's pieces, at most; one more if the cut would fall within a pair. */
const LONGEST_PARAGRAPH = 2000;

/** Cuts `text` into paragraphs, and those that are too long at sentences, or else lines, or words. */
export function paragraphCuts(text: string): number[] {
  const cuts: number[] = [];
  const starts = paragraphStarts(text);
  starts.forEach((start, k) => {
    const end = starts[k + 1] ?? text.length;
    cuts.push(start);
    if (end - start > LONGEST_PARAGRAPH) for (const cut of cutsWithin(text, start, end)) cuts.push(cut);
  });
  return cuts;
}

/** Where to cut the paragraph from `start` to `end`: behind as many sentences as fit, or else as many lines, or words. */
function cutsWithin(text: string, start: number, end: number): number[] {
  const cuts: number[] = [];
  for (let from = start; end - from > LONGEST_PARAGRAPH;) {
    const sentence = lastSentenceStart(text, from, from + LONGEST_PARAGRAPH, end);
    from = sentence > from ? sentence : lastLineOrWordStart(text, from);
    cuts.push(from);
  }
  return cuts;
}

/** The last start of a line, or else of a word, in the piece of the longest size that begins at `from`; or else its end. */
function lastLineOrWordStart(text: string, from: number): number {
  const limit = from + LONGEST_PARAGRAPH;
  for (const isStart of [isLineStart, isWordStart]) {
    for (let offset = limit; offset > from; offset--) {
      if (isStart(text, offset)) return offset;
    }
  }
  return outsideOfPair(text, limit);
}
