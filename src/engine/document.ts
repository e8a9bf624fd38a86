import { BINARY_WITHIN } from "../document/binary";
import type { Tokenizer } from "../document/tokenizer";
import type { Tokens } from "../document/tokens";
import { UserError } from "../errors";

/** A text cut into segments and tokens. N tokens, K segments, each with at least one token. */
export interface TokenizedDocument extends Tokens {
  /** [K + 1] UTF-16 offsets of the segments. */
  readonly bounds: Uint32Array;
  /** [K + 1] Segment k holds the tokens from `tokenBounds[k]` up to `tokenBounds[k + 1]`. */
  readonly tokenBounds: Uint32Array;
}

/**
 * Refuses what is not a text to classify.
 * @throws UserError naming the document when it is empty, blank or binary.
 */
export function checkText(text: string, name: string): void {
  if (text.slice(0, BINARY_WITHIN).includes("\0")) {
    throw new UserError(`"${name}" looks like a binary file: open a text document and classify that.`);
  }
  if (!/\S/.test(text)) throw noWords(name);
}

/**
 * Tokenizes `text` and gives each token to the segment it starts in. A segment left without a token (of control
 * characters, say) joins the one before it; at the start of the text, the one behind it.
 * @throws UserError naming the document when it has no token at all.
 */
export function tokenizeText(
  text: string,
  name: string,
  bounds: Uint32Array,
  tokenizer: Pick<Tokenizer, "encode">,
): TokenizedDocument {
  const tokens = tokenizer.encode(text);
  if (tokens.ids.length === 0) throw noWords(name);
  return { ...tokens, ...dropEmptySegments(bounds, tokens.starts) };
}

function dropEmptySegments(bounds: Uint32Array, starts: Tokens["starts"]) {
  const kept: number[] = [0];
  const tokenBounds: number[] = [0];
  let token = 0;
  for (let k = 1; k < bounds.length; k++) {
    const end = bounds[k] ?? 0;
    const before = token;
    while (token < starts.length && (starts[token] ?? 0) < end) token++;
    if (token === before && kept.length > 1) {
      kept[kept.length - 1] = end;
    } else if (token > before) {
      kept.push(end);
      tokenBounds.push(token);
    }
  }
  return { bounds: Uint32Array.from(kept), tokenBounds: Uint32Array.from(tokenBounds) };
}

function noWords(name: string): UserError {
  return new UserError(`"${name}" has no words to classify: write or paste some text first.`);
}
