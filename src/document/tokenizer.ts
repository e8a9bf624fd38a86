import type { Tokens } from "./tokens";

/** What the engine asks of a tokenizer, whatever its vocabulary is. */
export interface Tokenizer {
  /** The largest token id + 1. */
  readonly vocabSize: number;
  /** The ids of [CLS], [SEP] and of a word that it does not know; absent where a text is read without them. */
  readonly special?: { readonly cls: number; readonly sep: number; readonly unk: number };
  /** Whether no token reaches over the end of a line, nor depends on another line, so that lines can be tokenized apart. */
  readonly linesApart: boolean;

  /** The tokens of all of `text`. */
  encode(text: string): Tokens;
}
