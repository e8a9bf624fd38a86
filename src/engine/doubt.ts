import { isForeign } from "../document/foreign";
import type { Checkpoint } from "../models/checkpoint";

/**
 * Why nothing that a model says of a text is to be believed, whatever its scores, in one sentence; undefined where nothing is
 * known that speaks against it.
 * @param ids the text's tokens
 */
export function doubtOf(
  text: string,
  ids: Int32Array,
  { id, tokenizer, language }: Pick<Checkpoint, "id" | "tokenizer" | "language">,
): string | undefined {
  if (language === "en" && isForeign(text)) {
    return `This does not seem to be English, the one language that "${id}" has learned: what it says of it is worth nothing.`;
  }
  const { unk } = tokenizer.special ?? {};
  const unknown = ids.reduce((sum, token) => sum + (token === unk ? 1 : 0), 0);
  if (2 * unknown <= ids.length) return undefined;
  return `Most of these words are not in the vocabulary of "${id}": what it says of them is worth nothing.`;
}
