import { lines } from "./lines";
import { isBlank } from "./space";

/** A run of lines with words, as a half-open range, with the blank lines behind it and, for the first one, before it. */
export interface Paragraph {
  readonly start: number;
  readonly end: number;
  /** Whether its lines are one text that was wrapped to a width, and not each a text of its own, as in a list or a log. */
  readonly isWrapped: boolean;
}

/** The paragraphs of `text`: one at least. */
export function* paragraphs(text: string): Generator<Paragraph> {
  let start = 0;
  let width = new LineWidths();
  let isAfterBlank = false;
  for (const [from, to] of lines(text)) {
    const isBlankLine = isBlank(text, from, to);
    if (isAfterBlank && !isBlankLine) {
      yield { start, end: from, isWrapped: width.isWrapped };
      start = from;
      width = new LineWidths();
    }
    // An end of two units is no wider than one of one.
    if (!isBlankLine) width.add(to - from - (text.endsWith("\r\n", to) ? 1 : 0));
    isAfterBlank = isBlankLine;
  }
  yield { start, end: text.length, isWrapped: width.isWrapped };
}

/** The share of its longest line that a wrapped line has at least: what is missing had no room for the next word. */
const FULL = 0.75;

/** UTF-16 units of a line, at most, to which anybody wraps a text. */
const WIDEST = 160;

/** The lengths of a paragraph's lines. */
class LineWidths {
  private readonly lengths: number[] = [];
  private longest = 0;

  add(length: number): void {
    this.lengths.push(length);
    this.longest = Math.max(this.longest, length);
  }

  /** Half of the lines or more are full, the last one aside, which ends where the text does. */
  get isWrapped(): boolean {
    if (this.longest > WIDEST) return false;
    const before = this.lengths.slice(0, -1);
    return 2 * before.filter((length) => length >= FULL * this.longest).length >= before.length;
  }
}
