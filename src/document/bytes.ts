import * as z from "zod";
import { UserError } from "../errors";
import type { Tokenizer } from "./tokenizer";
import type { Tokens } from "./tokens";

const schema = z.object({ tokenizer_class: z.literal("ByT5Tokenizer") });

/** Before the bytes come padding, the end of a sequence and the unknown token, none of which a text becomes. */
const FIRST_BYTE = 3;

/** The tokenizer of byte-level models, Hugging Face's `ByT5Tokenizer`: a token for each byte of the text's UTF-8. */
export class ByteTokenizer implements Tokenizer {
  readonly vocabSize = FIRST_BYTE + 256;
  readonly linesApart = true;

  /**
   * Reads the text of a `tokenizer_config.json`.
   * @param file Its name, for messages.
   * @throws UserError if it is of a tokenizer that has a vocabulary.
   */
  static parse(json: string, file: string): ByteTokenizer {
    try {
      schema.parse(JSON.parse(json));
    } catch (cause) {
      throw new UserError(
        `"${file}" does not name ByT5Tokenizer, the one tokenizer that has no vocabulary: add the tokenizer.json of this model.`,
        { cause },
      );
    }
    return new ByteTokenizer();
  }

  /** Each byte has the range of its whole character; a lone surrogate has the bytes of U+FFFD. */
  encode(text: string): Tokens {
    const bytes = new TextEncoder().encode(text);
    const ids = new Int32Array(bytes.length);
    const starts = new Uint32Array(bytes.length);
    const ends = new Uint32Array(bytes.length);
    let start = 0;
    let end = 0;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0;
      const continues = (byte & 0xc0) === 0x80;
      if (!continues) {
        start = end;
        // Four bytes are a surrogate pair.
        end += byte >= 0xf0 ? 2 : 1;
      }
      ids[i] = byte + FIRST_BYTE;
      starts[i] = start;
      ends[i] = end;
    }
    return { ids, starts, ends };
  }
}
