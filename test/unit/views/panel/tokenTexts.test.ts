import assert from "node:assert/strict";
import { tokenTexts } from "../../../../src/views/panel/tokenTexts";

/** The texts of a text's tokens that have these ranges. */
function texts(text: string, ...ranges: readonly (readonly [start: number, end: number])[]): readonly string[] {
  const starts = Uint32Array.from(ranges, ([start]) => start);
  const told = tokenTexts(text, { starts, ends: Uint32Array.from(ranges, ([, end]) => end) });
  assert.deepEqual(
    [...told.ends],
    Array.from(starts, (start, k) => start + (told.texts[k]?.length ?? 0)),
  );
  return told.texts;
}

describe("The texts of tokens", () => {
  it("hold what the tokenizer drops within a word", () => {
    assert.deepEqual(texts("nai\u0308vete\u0301 a", [0, 3], [4, 8], [10, 11]), ["nai\u0308", "vete\u0301", "a"]);
    assert.deepEqual(texts("inter\u00adnational", [0, 5], [6, 14]), ["inter\u00ad", "national"]);
  });

  it("hold no white space, and nothing twice of one character's tokens", () => {
    assert.deepEqual(texts("a \u0301b", [0, 1], [3, 4]), ["a", "b"]);
    assert.deepEqual(texts("é한", [0, 1], [0, 1], [1, 2]), ["é", "é", "한"]);
  });
});
