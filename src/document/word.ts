import type { TokenBuffer } from "./tokens";
import { type Vocabulary, WORD_MIDDLE, WORD_START } from "./vocabulary";

/** One word, normalized, gathered character by character and then cut into pieces. */
export class Word {
  readonly #vocabulary: Vocabulary;
  readonly #unknown: number;
  readonly #maxChars: number;
  /** [2 * maxChars] The symbol of each unit of the word, and where in the text the character is that it stands for. */
  readonly #symbols: Uint16Array;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  #length = 0;
  #chars = 0;
  #end = 0;

  /**
   * @param unknown The id that stands for a word that cannot be cut into tokens.
   * @param maxChars The code points of the longest word that is looked up at all.
   */
  constructor(vocabulary: Vocabulary, unknown: number, maxChars: number) {
    this.#vocabulary = vocabulary;
    this.#unknown = unknown;
    this.#maxChars = maxChars;
    this.#symbols = new Uint16Array(2 * maxChars);
    this.#starts = new Uint32Array(2 * maxChars);
    this.#ends = new Uint32Array(2 * maxChars);
  }

  clear(): void {
    this.#length = 0;
    this.#chars = 0;
  }

  /** Adds a character of one unit, given by its symbol, that stands for the text from `start` to `end`. */
  addUnit(symbol: number, start: number, end: number): void {
    this.#chars++;
    this.#add(symbol, start, end);
  }

  /** Adds characters that all stand for the text from `start` to `end`. */
  add(chars: string, start: number, end: number): void {
    for (let i = 0; i < chars.length; i++) {
      const unit = chars.charCodeAt(i);
      const isLowSurrogate = unit >= 0xdc00 && unit <= 0xdfff;
      if (!isLowSurrogate) this.#chars++;
      this.#add(this.#vocabulary.symbols[unit] ?? 0, start, end);
    }
  }

  #add(symbol: number, start: number, end: number): void {
    this.#end = end;
    if (this.#chars > this.#maxChars) return;
    this.#symbols[this.#length] = symbol;
    this.#starts[this.#length] = start;
    this.#ends[this.#length++] = end;
  }

  /** Cuts the word into the longest tokens from left to right, or makes it one unknown token if that leaves a rest. */
  writeTo(out: TokenBuffer): void {
    if (this.#length === 0) return;
    const { length } = out;
    let at = this.#chars > this.#maxChars ? -1 : 0;
    while (at >= 0 && at < this.#length) at = this.#writePiece(at, out);
    if (at >= 0) return;
    out.length = length;
    out.push(this.#unknown, this.#starts[0] ?? 0, this.#end);
  }

  /** Writes the longest token that begins at unit `from`; returns the unit behind it, or -1 if there is none. */
  #writePiece(from: number, out: TokenBuffer): number {
    const { base, parent, id } = this.#vocabulary;
    let node = from === 0 ? WORD_START : WORD_MIDDLE;
    let piece = -1;
    let end = from;
    for (let i = from; i < this.#length; i++) {
      const child = (base[node] ?? 0) + (this.#symbols[i] ?? 0);
      if (parent[child] !== node) break;
      node = child;
      const found = id[node] ?? -1;
      if (found >= 0) {
        piece = found;
        end = i + 1;
      }
    }
    if (piece < 0) return -1;
    out.push(piece, this.#starts[from] ?? 0, this.#ends[end - 1] ?? 0);
    return end;
  }
}
