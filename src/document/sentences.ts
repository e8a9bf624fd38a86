import { paragraphStarts } from "./lines";

let segmenter: Intl.Segmenter | undefined;

/** Made on first use: that takes tens of milliseconds, and short paragraphs do without it. */
function sentencesIn(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter("en", { granularity: "sentence" });
  return segmenter.segment(text);
}

/** Units that are given to Intl.Segmenter at a time: the time it takes grows with the square of a text's length. */
const WINDOW = 4096;

/** Units at the end of a window in which a sentence end may be none, depending on what comes after the window. */
const MARGIN = 128;

/** What a text must hold to be more than one sentence. To be asked first: it takes a tenth of the time. */
const SENTENCE_END = /[\p{Sentence_Terminal}\u0085\u2028\u2029]/u;

/** Cuts `text` into sentences. A blank line ends one, any other line end does not. */
export function sentenceCuts(text: string): number[] {
  const cuts: number[] = [];
  const starts = paragraphStarts(text);
  starts.forEach((start, k) => {
    cuts.push(start);
    for (const cut of cutsWithin(text, start, starts[k + 1] ?? text.length)) cuts.push(cut);
  });
  return cuts;
}

/** The start of the sentence at `offset` in a paragraph that ends at `end`, read from `start` on. */
export function lastSentenceStart(text: string, start: number, offset: number, end: number): number {
  const sentences = sentencesIn(unwrapped(text, start, Math.min(offset + MARGIN, end)));
  return start + (sentences.containing(offset - start)?.index ?? 0);
}

/** The UTF-16 offsets at which sentences of the paragraph from `start` to `end` begin, but for the first one's. */
function cutsWithin(text: string, start: number, end: number): number[] {
  const cuts: number[] = [];
  if (!SENTENCE_END.test(text.slice(start, end))) return cuts;
  let at = start;
  let size = WINDOW;
  for (;;) {
    const isLast = at + size >= end;
    let next = 0;
    for (const { index } of sentencesIn(unwrapped(text, at, Math.min(at + size, end)))) {
      if (!isLast && index > size - MARGIN) break;
      if (index === 0) continue;
      cuts.push(at + index);
      next = index;
      // The sentence that needed a larger window is over.
      if (size > WINDOW) break;
    }
    if (isLast && (next === 0 || size === WINDOW)) return cuts;
    at += next;
    size = next > 0 ? WINDOW : 2 * size;
  }
}

/** The text from `start` to `end` in one line: to Intl.Segmenter every line end is the end of a sentence. */
function unwrapped(text: string, start: number, end: number): string {
  return text.slice(start, end).replace(/[\r\n]/g, " ");
}
