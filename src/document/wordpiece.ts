import { CharTable, IRREGULAR, SPACE, WORD } from "./charTable";
import { Normalizer } from "./normalizer";
import type { Tokenizer } from "./tokenizer";
import { parseTokenizer, type TokenizerFile } from "./tokenizerFile";
import { TokenBuffer, type Tokens } from "./tokens";
import { codePointAt, unitsOf } from "./unicode";
import { DEAD, Vocabulary, WORD_START } from "./vocabulary";
import { Word } from "./word";

/**
 * BERT's WordPiece tokenizer. Its ids and offsets are those of the reference, Hugging Face's `tokenizers`, but for the unit
 * of the offsets: UTF-16 code units here, code points there.
 */
export class WordPiece implements Tokenizer {
  /** The largest token id + 1. */
  readonly vocabSize: number;
  /** The ids of the unknown token, [CLS] and [SEP]. */
  readonly special: TokenizerFile["special"];
  /** Normalization and words end where white space is; an added token may be of anything. */
  readonly linesApart: boolean;

  readonly #added: TokenizerFile["added"];
  readonly #maxChars: number;
  readonly #normalizer: Normalizer;
  readonly #vocabulary: Vocabulary;
  readonly #table: CharTable;
  readonly #word: Word;

  private constructor(file: TokenizerFile) {
    this.vocabSize = file.vocabSize;
    this.special = file.special;
    this.linesApart = !file.added.some(({ content }) => content.includes("\n"));
    this.#added = file.added;
    this.#maxChars = file.maxChars;
    this.#normalizer = new Normalizer(file.normalizer);
    this.#vocabulary = new Vocabulary(file.vocab);
    const firstUnits = file.added.map(({ content }) => content.charCodeAt(0));
    this.#table = new CharTable(this.#normalizer, this.#vocabulary, file.special.unk, firstUnits);
    this.#word = new Word(this.#vocabulary, file.special.unk, file.maxChars);
  }

  /**
   * Reads the text of a `tokenizer.json`.
   * @param file Its name, for messages.
   * @throws UserError if it is not the tokenizer of a BERT model.
   */
  static parse(json: string, file: string): WordPiece {
    return new WordPiece(parseTokenizer(json, file));
  }

  /** The tokens of all of `text`. A special token written out in it, like "[SEP]", becomes that token. */
  encode(text: string): Tokens {
    const { units } = this.#table;
    const { base, parent, id } = this.#vocabulary;
    const out = new TokenBuffer((text.length >> 2) + 16);
    // Finds the words that are tokens as a whole, most of any prose, and leaves the others to `#encodeWord`. The `??` are
    // for the type checker alone: no index is out of range, and they cost nothing.
    let at = 0;
    while (at < text.length) {
      const start = at;
      let node = WORD_START;
      let unit = units[text.charCodeAt(at)] ?? SPACE;
      while (unit >>> 0 < WORD) {
        const child = (base[node] ?? 0) + unit;
        node = parent[child] === node ? child : DEAD;
        at++;
        unit = at < text.length ? (units[text.charCodeAt(at)] ?? SPACE) : SPACE;
      }
      const length = at - start;
      const token = id[node] ?? -1;
      if (unit <= IRREGULAR || (length > 0 && token < 0) || length > this.#maxChars) {
        at = this.#encodeWord(text, start, out);
      } else if (length > 0) {
        out.push(token, start, at);
      } else {
        at++;
        if (unit >= WORD) out.push(unit - WORD, start, at);
      }
    }
    return out.tokens();
  }

  /**
   * Writes the tokens of what begins at `start`: an added token, a word, or characters that become nothing.
   * @returns The offset behind it, or `start` if there is a unit that `encode` deals with, now that the table knows it.
   */
  #encodeWord(text: string, start: number, out: TokenBuffer): number {
    const word = this.#word;
    word.clear();
    let at = start;
    while (at < text.length) {
      const unit = this.#table.unit(text.charCodeAt(at));
      if (unit >>> 0 < WORD) {
        word.addUnit(unit, at, ++at);
        continue;
      }
      if (unit !== IRREGULAR) break;

      const added = this.#added.find(({ content }) => text.startsWith(content, at));
      const codePoint = codePointAt(text, at);
      const char = this.#table.char(codePoint);
      const isWithin = added === undefined && (char.role === "part" || char.role === "nothing");
      if (!isWithin && at > start) break;
      if (added) {
        out.push(added.id, at, at + added.content.length);
        return at + added.content.length;
      }
      if (char.moves) {
        const run = this.#normalizer.normalizeRun(text, at);
        for (const { text, start, end } of run.chars) word.add(text, start, end);
        at = run.end;
      } else {
        word.add(char.text, at, (at += unitsOf(codePoint)));
      }
      if (!isWithin) break;
    }
    word.writeTo(out);
    return at;
  }
}
