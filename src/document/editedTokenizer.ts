import type { Tokenizer } from "./tokenizer";
import type { Tokens } from "./tokens";

/** How many UTF-16 units are compared at once: two strings of that length take one look at memory. */
const BLOCK_UNITS = 4096;

/**
 * Tokenizes one text after the other, and of a text that is the last one after an edit no more than the lines that
 * changed. Its tokens are those that tokenizing the whole text finds.
 */
export class EditedTokenizer {
  private text = "";
  private tokens: Tokens = { ids: new Int32Array(), starts: new Uint32Array(), ends: new Uint32Array() };

  constructor(private readonly tokenizer: Tokenizer) {}

  /** The tokens of all of `text`. */
  encode(text: string): Tokens {
    this.tokens = this.tokenizer.linesApart ? this.edited(text) : this.tokenizer.encode(text);
    this.text = text;
    return this.tokens;
  }

  private edited(text: string): Tokens {
    const { text: old, tokens } = this;
    // Both ends of what changed are moved outwards to where a line begins.
    const common = sameAtStart(old, text);
    const head = common === 0 ? 0 : old.lastIndexOf("\n", common - 1) + 1;
    const same = sameAtEnd(old, text, Math.min(old.length, text.length) - head);
    const lineEnd = same === 0 ? -1 : old.indexOf("\n", old.length - same);
    const tail = lineEnd < 0 ? 0 : old.length - lineEnd - 1;

    const before = firstFrom(tokens.starts, head);
    const behind = firstFrom(tokens.starts, old.length - tail);
    const shift = text.length - old.length;
    const changed = this.tokenizer.encode(text.slice(head, text.length - tail));
    const spliced = (kept: Uint32Array, fresh: Uint32Array) => {
      const all = new Uint32Array(before + fresh.length + kept.length - behind);
      all.set(kept.subarray(0, before));
      all.set(
        fresh.map((offset) => offset + head),
        before,
      );
      all.set(
        kept.subarray(behind).map((offset) => offset + shift),
        before + fresh.length,
      );
      return all;
    };
    const ids = new Int32Array(before + changed.ids.length + tokens.ids.length - behind);
    ids.set(tokens.ids.subarray(0, before));
    ids.set(changed.ids, before);
    ids.set(tokens.ids.subarray(behind), before + changed.ids.length);
    return { ids, starts: spliced(tokens.starts, changed.starts), ends: spliced(tokens.ends, changed.ends) };
  }
}

/** How many units two texts have in common at their starts. */
function sameAtStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let same = 0;
  while (same + BLOCK_UNITS <= most && a.slice(same, same + BLOCK_UNITS) === b.slice(same, same + BLOCK_UNITS)) {
    same += BLOCK_UNITS;
  }
  while (same < most && a.charCodeAt(same) === b.charCodeAt(same)) same++;
  return same;
}

/** How many units two texts have in common at their ends, `most` at the most. */
function sameAtEnd(a: string, b: string, most: number): number {
  const block = (text: string, same: number) => text.slice(text.length - same - BLOCK_UNITS, text.length - same);
  let same = 0;
  while (same + BLOCK_UNITS <= most && block(a, same) === block(b, same)) same += BLOCK_UNITS;
  while (same < most && a.charCodeAt(a.length - same - 1) === b.charCodeAt(b.length - same - 1)) same++;
  return same;
}

/** The index of the first of ascending `offsets` that is `from` or more. */
function firstFrom(offsets: Uint32Array, from: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
