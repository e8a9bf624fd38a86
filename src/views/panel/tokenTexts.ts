import type { TokenDetails } from "../../analysis/tokenDetails";

/**
 * The text of each token, with what the tokenizer drops behind it, an accent or a soft hyphen, up to the next one or white space: it is
 * a part of the word.
 * @returns [T] where each token ends then, and its text
 */
export function tokenTexts(
  text: string,
  { starts, ends }: Pick<TokenDetails, "starts" | "ends">,
): { readonly ends: Uint32Array; readonly texts: string[] } {
  const reaching = ends.map((end, token) => {
    const next = Math.max(end, starts[token + 1] ?? end);
    return end + text.slice(end, next).search(/\s|$/);
  });
  return { ends: reaching, texts: Array.from(starts, (start, token) => text.slice(start, reaching[token])) };
}
