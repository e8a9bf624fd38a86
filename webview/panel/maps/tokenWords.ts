import type { TokenDetails } from "../../../src/analysis/tokenDetails";

/** What stands for a token that adds no character to those before it. */
const NOTHING = "·";

/** A token as a part of the text: a character that several tokens are made of is in the first one's word alone. */
export interface TokenWord {
  readonly word: string;
  /** Whether the text goes on behind the token before it with something that is no token's. */
  readonly isApart: boolean;
}

/** The words of the first tokens, as many as there are `texts`, which are whole: a character's bytes have all of it each. */
export function tokenWords(
  { starts, ends }: Pick<TokenDetails, "starts" | "ends">,
  texts: readonly string[],
): TokenWord[] {
  return texts.map((text, token) => {
    const start = starts[token] ?? 0;
    const told = token > 0 ? (ends[token - 1] ?? 0) : start;
    return { word: text.slice(Math.max(0, told - start)) || NOTHING, isApart: start > told };
  });
}
