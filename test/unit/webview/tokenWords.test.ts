import assert from "node:assert/strict";
import { tokenWords } from "../../../webview/panel/maps/tokenWords";

/** The tokens of a text that have these ranges in it, as its words are printed. */
function printed(text: string, ...ranges: readonly (readonly [start: number, end: number])[]): string {
  const starts = Uint32Array.from(ranges, ([start]) => start);
  const ends = Uint32Array.from(ranges, ([, end]) => end);
  const words = tokenWords(
    { starts, ends },
    ranges.map(([start, end]) => text.slice(start, end)),
  );
  return words.map(({ word, isApart }) => (isApart ? ` ${word}` : word)).join("");
}

describe("The words of a segment's tokens", () => {
  it("are apart where the text has something between them", () => {
    assert.equal(printed("An  un|usual word", [0, 2], [4, 6], [7, 12], [13, 17]), "An un usual word");
    assert.equal(printed(" unusual", [1, 3], [3, 8]), "unusual");
  });

  it("have each character once, though all the bytes or letters that it is made of have its whole range", () => {
    assert.equal(printed("café.", [0, 1], [1, 2], [2, 3], [3, 4], [3, 4], [4, 5]), "café·.");
    assert.equal(printed("“a”", [0, 1], [0, 1], [0, 1], [1, 2], [2, 3], [2, 3], [2, 3]), "“··a”··");
    assert.equal(printed("한국어", [0, 1], [0, 1], [0, 2], [1, 2], [1, 3], [2, 3]), "한·국·어·");
    assert.equal(printed("a 한국", [0, 1], [2, 3], [2, 4], [3, 4]), "a 한국·");
  });
});
