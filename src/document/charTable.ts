import type { NormalizedChar, Normalizer } from "./normalizer";
import type { Vocabulary } from "./vocabulary";

// What a code unit is to the tokenizer: below WORD the symbol of the one unit that it becomes as a part of a word; WORD plus
// the id of its token if it is a word of its own; or one of the others.
export const WORD = 0x10000;
export const SPACE = -1;
/** What only {@link CharTable.char} tells: no unit by itself, or none that becomes one unit wherever it stands. */
export const IRREGULAR = -2;
const UNSEEN = -3;

/** What each character becomes, found out when it is first met. */
export class CharTable {
  /** [65536] What each code unit is, as far as that is known: less than IRREGULAR if not. */
  readonly units = new Int32Array(0x10000).fill(UNSEEN);
  readonly #chars = new Map<number, NormalizedChar>();
  readonly #normalizer: Normalizer;
  readonly #vocabulary: Vocabulary;
  readonly #unknown: number;

  /**
   * @param unknown The id of a word that is not in the vocabulary.
   * @param irregular Units that are to count as irregular whatever they become.
   */
  constructor(normalizer: Normalizer, vocabulary: Vocabulary, unknown: number, irregular: readonly number[]) {
    this.#normalizer = normalizer;
    this.#vocabulary = vocabulary;
    this.#unknown = unknown;
    this.units.fill(IRREGULAR, 0xd800, 0xe000);
    for (const unit of irregular) this.units[unit] = IRREGULAR;
  }

  /** What a code unit is. */
  unit(unit: number): number {
    const known = this.units[unit] ?? UNSEEN;
    return known === UNSEEN ? (this.units[unit] = this.#classify(unit)) : known;
  }

  /** What a code point becomes. */
  char(codePoint: number): NormalizedChar {
    let char = this.#chars.get(codePoint);
    if (char === undefined) {
      char = this.#normalizer.normalize(codePoint);
      this.#chars.set(codePoint, char);
    }
    return char;
  }

  #classify(unit: number): number {
    const { role, text, moves } = this.#normalizer.normalize(unit);
    if (role === "space") return SPACE;
    if (moves || text.length !== 1) return IRREGULAR;
    if (role === "word") return WORD + (this.#vocabulary.idOf(text) ?? this.#unknown);
    return this.#vocabulary.symbols[text.charCodeAt(0)] ?? 0;
  }
}
