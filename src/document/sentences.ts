import { lines } from "./lines";
import { paragraphs, type Paragraph } from "./paragraphs";
import { lastLineOrWordStart, LONGEST_PIECE } from "./pieces";

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

/** Units before a cut that tell whether it is one: more than any of the expressions below needs. */
const LOOK_BACK = 32;

/** Nothing but the numbers or letters of what follows. */
const ENUMERATOR = /^(?:[^\p{L}\p{N}]*(?:\d+(?:\.\d+)*|\p{L}|[ivxlc]+)[.)][^\p{L}\p{N}\s]*(?:\s+|$))+$/iu;

/** An initial, or an abbreviation that hardly ever ends a sentence, which Intl.Segmenter knows none of. */
const ABBREVIATION =
  /(?<![\p{L}\p{N}.])(?:\p{Lu}|Mrs?|Ms|Dr|Prof|Rev|Hon|Messrs|Gov|Sen|Rep|Gen|Col|Capt|Lt|Sgt|St|vs?|cf|e\.g|i\.e|viz)\.$/u;

/** An abbreviation before a number. */
const REFERENCE = /(?<![\p{L}\p{N}.])(?:Nos?|Arts?|Secs?|Figs?|Eqs?|Vols?|Ch|pp?|paras?)\.$/iu;

/**
 * Cuts `text` into sentences, and those that are too long between lines, or words. A blank line ends one, and in a paragraph
 * that is not wrapped any line end, unless the next line begins with a lower-case letter.
 */
export function sentenceCuts(text: string): number[] {
  const cuts: number[] = [];
  for (const paragraph of paragraphs(text)) {
    for (const [start, end] of passages(text, paragraph)) {
      const starts = [start, ...cutsWithin(text, start, end)];
      starts.forEach((from, k) => {
        cuts.push(from);
        const to = starts[k + 1] ?? end;
        for (let at = from; to - at > LONGEST_PIECE;) cuts.push((at = lastLineOrWordStart(text, at)));
      });
    }
  }
  return cuts;
}

/** The start of the sentence at `offset` in a paragraph that ends at `end`, read from `start` on. */
export function lastSentenceStart(text: string, start: number, offset: number, end: number): number {
  const cuts = cutsWithin(text, start, Math.min(offset + MARGIN, end));
  return cuts.findLast((cut) => cut <= offset) ?? start;
}

/** What is to be read as one text each: a wrapped paragraph, or of another each line and those that go on with it. */
function* passages(
  text: string,
  { start, end, isWrapped }: Paragraph,
): Generator<readonly [start: number, end: number]> {
  let from = start;
  if (!isWrapped) {
    for (const [, lineEnd] of lines(text.slice(start, end))) {
      const next = start + lineEnd;
      if (next === end || /^\s*\p{Ll}/u.test(text.slice(next, next + LOOK_BACK))) continue;
      yield [from, next];
      from = next;
    }
  }
  yield [from, end];
}

/** The UTF-16 offsets at which sentences of the passage from `start` to `end` begin, but for the first one's. */
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
      if (isSentenceStart(text, cuts.at(-1) ?? start, at + index)) cuts.push(at + index);
      next = index;
      // The sentence that needed a larger window is over.
      if (size > WINDOW) break;
    }
    if (isLast && (next === 0 || size === WINDOW)) return cuts;
    at += next;
    size = next > 0 ? WINDOW : 2 * size;
  }
}

/** Whether a sentence begins at `cut`, as Intl.Segmenter says, by whom the one before it begins at `before`. */
function isSentenceStart(text: string, before: number, cut: number): boolean {
  const end = text.slice(Math.max(before, cut - LOOK_BACK), cut);
  if (end.length === cut - before && ENUMERATOR.test(end)) return false;
  const words = end.trimEnd();
  return !ABBREVIATION.test(words) && !(REFERENCE.test(words) && /^\d/.test(text.slice(cut, cut + 1)));
}

/** The text from `start` to `end` in one line: to Intl.Segmenter every line end is the end of a sentence. */
function unwrapped(text: string, start: number, end: number): string {
  return text.slice(start, end).replace(/[\r\n]/g, " ");
}
