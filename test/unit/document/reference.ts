import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Tokenizer } from "tokenizers";
import { WordPiece } from "../../../src/document/wordpiece";

/** The bundled model's tokenizer, as text. */
export const TOKENIZER_JSON = readFileSync("models/ponet-tiny/tokenizer.json", "utf8");

/** A token as [id, start, end] with UTF-16 offsets. */
export type Token = readonly [id: number, start: number, end: number];

/** The tokens that this project's tokenizer finds. */
export function tokensOf(tokenizer: WordPiece, text: string): Token[] {
  const { ids, starts, ends } = tokenizer.encode(text);
  assert.equal(starts.length, ids.length);
  assert.equal(ends.length, ids.length);
  return Array.from(ids, (id, i): Token => [id, starts[i] ?? NaN, ends[i] ?? NaN]);
}

/** A check that both tokenizers, read from the same `json`, find the same tokens in a text. */
export function parity(json: string): (text: string) => Promise<void> {
  const ours = WordPiece.parse(json, "tokenizer.json");
  const reference = Tokenizer.fromString(json);
  return async (text) => {
    const encoding = await reference.encode(text, null, { addSpecialTokens: false });
    const offsets = encoding.getOffsets();
    const utf16 = utf16Offsets(text);
    const expected = encoding.getIds().map((id, i): Token => {
      const [start = NaN, end = NaN] = offsets[i] ?? [];
      return [id, utf16[start] ?? NaN, utf16[end] ?? NaN];
    });
    assert.deepEqual(tokensOf(ours, text), expected);
  };
}

/** [code points + 1] The UTF-16 offset of each code point of `text`, and of its end. */
function utf16Offsets(text: string): number[] {
  const offsets = [0];
  let offset = 0;
  for (const char of text) offsets.push((offset += char.length));
  return offsets;
}
