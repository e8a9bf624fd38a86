import { decompose, decomposeRun, isCombining } from "./canonicalOrder";
import { contains, IDEOGRAPHS, MARKS, PUNCTUATION, UNCLEAN, WHITE_SPACE } from "./unicode";

/** A normalized character, and the UTF-16 range that it is taken to come from. */
export interface PlacedChar {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The switches of BERT's normalizer. */
export interface NormalizerOptions {
  readonly cleanText: boolean;
  readonly handleChineseChars: boolean;
  readonly stripAccents: boolean;
  readonly lowercase: boolean;
}

/** What a character becomes. */
export interface NormalizedChar {
  /** Nothing, a separator of words, a word of its own, or a part of a word. */
  readonly role: "nothing" | "space" | "word" | "part";
  /** Its normalized characters; empty unless it is a word or a part of one. */
  readonly text: string;
  /** Whether its place may depend on the combining characters around it: then {@link Normalizer.normalizeRun} tells. */
  readonly moves: boolean;
}

const NOTHING: NormalizedChar = { role: "nothing", text: "", moves: false };
const SPACE: NormalizedChar = { role: "space", text: "", moves: false };

/** BERT's normalizer and pre-tokenizer, one character at a time. */
export class Normalizer {
  readonly #options: NormalizerOptions;

  constructor(options: NormalizerOptions) {
    this.#options = options;
  }

  /** What a code point becomes, a run of combining characters aside. */
  normalize(codePoint: number): NormalizedChar {
    const { handleChineseChars, stripAccents } = this.#options;
    if (this.#isDropped(codePoint)) return NOTHING;
    if (contains(WHITE_SPACE, codePoint)) return SPACE;
    const kept = stripAccents ? decompose(codePoint).filter(isKept) : [codePoint];
    const [first] = kept;
    if (first === undefined) return NOTHING;
    const isWord = contains(PUNCTUATION, first) || (handleChineseChars && contains(IDEOGRAPHS, codePoint));
    const text = kept.map((part) => this.#toText(part)).join("");
    return { role: isWord ? "word" : "part", text, moves: stripAccents && kept.some(isCombining) };
  }

  /**
   * Normalizes the run of combining characters around `at`, where there is a character that {@link NormalizedChar.moves}.
   * @returns What is left of the run, in canonical order, and the UTF-16 offset behind the run.
   */
  normalizeRun(text: string, at: number): { readonly chars: readonly PlacedChar[]; readonly end: number } {
    const { run, end } = decomposeRun(text, at, (codePoint) => this.#isDropped(codePoint));
    const kept = run.filter(({ codePoint }) => isKept(codePoint));
    return { chars: kept.map(({ codePoint, ...range }) => ({ text: this.#toText(codePoint), ...range })), end };
  }

  #isDropped(codePoint: number): boolean {
    return this.#options.cleanText && contains(UNCLEAN, codePoint);
  }

  #toText(codePoint: number): string {
    const char = String.fromCodePoint(codePoint);
    return this.#options.lowercase ? char.toLowerCase() : char;
  }
}

function isKept(codePoint: number): boolean {
  return !contains(MARKS, codePoint);
}
