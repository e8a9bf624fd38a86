import { Normalizer, type NormalizedChar } from "./normalizer";
import { parseTokenizer, type TokenizerFile } from "./tokenizer-file";
import { TokenBuffer, type Tokens } from "./tokens";
import { codePointAt, unitsOf } from "./unicode";
import { Vocabulary, WORD_START } from "./vocabulary";
import { Word } from "./word";

export type { Tokens } from "./tokens";

// What a code unit is to the tokenizer: the symbol of the one unit it becomes in a word, below WORD; WORD plus its token's
// id if it is a word of its own; or one of these.
const WORD = 0x10000;
const SPACE = -1;
const IRREGULAR = -2;
const UNSEEN = -3;

/**
 * BERT's WordPiece tokenizer: ids and offsets are those of the reference (Hugging Face `tokenizers`), its offsets in UTF-16
 * units instead of code points.
 */
export class WordPiece {
  /** The largest token id + 1. */
  readonly vocabSize: number;
  /** The ids of [PAD], the unknown token, [CLS] and [SEP]. */
  readonly special: { readonly pad: number; readonly unk: number; readonly cls: number; readonly sep: number };

  readonly #vocabulary: Vocabulary;
  readonly #normalizer: Normalizer;
  readonly #word: Word;
  readonly #maxChars: number;
  readonly #added: TokenizerFile["added"];
  /** [65536] What each code unit is, found out when it is first seen. */
  readonly #units = new Int32Array(0x10000).fill(UNSEEN);
  /** What the characters are that are not one unit that becomes one unit. */
  readonly #irregular = new Map<number, NormalizedChar>();

  private constructor(file: TokenizerFile) {
    this.vocabSize = file.vocabSize;
    this.special = file.special;
    this.#vocabulary = new Vocabulary(file.vocab);
    this.#normalizer = new Normalizer(file.normalizer);
    this.#word = new Word(this.#vocabulary, file.special.unk, file.maxChars);
    this.#maxChars = file.maxChars;
    this.#added = file.added;
  }

  /**
   * Reads the text of a `tokenizer.json`.
   * @param file Its name, for messages.
   * @throws UserError if it is not the tokenizer of a BERT model.
   */
  static parse(json: string, file: string): WordPiece {
    return new WordPiece(parseTokenizer(json, file));
  }

  /** The tokens of all of `text`; a special token written out in it, like "[SEP]", becomes that token. */
  encode(text: string): Tokens {
    const { base, parent, id } = this.#vocabulary;
    const units = this.#units;
    const out = new TokenBuffer((text.length >> 2) + 16);
    // Words of regular characters that are tokens as a whole, most of any prose, are found in one walk over the text. The
    // `??` only satisfy the type checker: no index is out of range, and they cost nothing.
    let at = 0;
    while (at < text.length) {
      const start = at;
      let unit = units[text.charCodeAt(at)] ?? SPACE;
      let node = WORD_START;
      while (unit >>> 0 < WORD) {
        const child = (base[node] ?? 0) + unit;
        node = parent[child] === node ? child : 0;
        at++;
        unit = at < text.length ? (units[text.charCodeAt(at)] ?? SPACE) : SPACE;
      }
      const token = id[node] ?? -1;
      if (unit < SPACE || (at > start && (token < 0 || at - start > this.#maxChars)))
        at = this.#encodeWord(text, start, out);
      else if (at > start) out.push(token, start, at);
      else {
        at++;
        if (unit >= WORD) out.push(unit - WORD, start, at);
      }
    }
    return out.tokens();
  }

  /**
   * Writes the tokens of what begins at `start`: an added token, a word, or characters that become nothing.
   * @returns The offset behind it: `start` itself if a regular unit that is no part of a word had yet to be seen there.
   */
  #encodeWord(text: string, start: number, out: TokenBuffer): number {
    const word = this.#word;
    word.clear();
    let at = start;
    while (at < text.length) {
      const unit = this.#unitAt(text, at);
      if (unit >>> 0 < WORD) {
        word.addUnit(unit, at, ++at);
        continue;
      }
      if (unit !== IRREGULAR) break;

      const added = this.#added.find(({ content }) => text.startsWith(content, at));
      const codePoint = codePointAt(text, at);
      const char = this.#charOf(codePoint);
      const end = at + unitsOf(codePoint);
      const goesOn = added === undefined && (char.role === "nothing" || char.role === "part");
      if (!goesOn && at > start) break;
      if (added) {
        out.push(added.id, at, at + added.content.length);
        return at + added.content.length;
      }
      if (char.moves) {
        const run = this.#normalizer.normalizeRun(text, at);
        for (const { text, start, end } of run.chars) word.add(text, start, end);
        at = run.end;
      } else {
        word.add(char.text, at, end);
        at = end;
      }
      if (!goesOn) break;
    }
    word.writeTo(out);
    return at;
  }

  #unitAt(text: string, at: number): number {
    const code = text.charCodeAt(at);
    const known = this.#units[code] ?? UNSEEN;
    return known === UNSEEN ? (this.#units[code] = this.#classify(code)) : known;
  }

  #classify(code: number): number {
    const isSurrogate = code >= 0xd800 && code <= 0xdfff;
    if (isSurrogate || this.#added.some(({ content }) => content.charCodeAt(0) === code)) return IRREGULAR;
    const { role, text, moves } = this.#normalizer.normalize(code);
    if (role === "space") return SPACE;
    if (moves || text.length !== 1) return IRREGULAR;
    if (role === "word") return WORD + (this.#vocabulary.idOf(text) ?? this.special.unk);
    return this.#vocabulary.symbols[text.charCodeAt(0)] ?? 0;
  }

  #charOf(codePoint: number): NormalizedChar {
    let char = this.#irregular.get(codePoint);
    if (char === undefined) {
      char = this.#normalizer.normalize(codePoint);
      this.#irregular.set(codePoint, char);
    }
    return char;
  }
}
