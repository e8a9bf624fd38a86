import assert from "node:assert/strict";
import { excerpt } from "../../../src/analysis/excerpt";

/** The excerpt of a document of one segment. */
function of(text: string): string {
  return excerpt(text, Uint32Array.of(0, text.length), 0);
}

describe("An excerpt", () => {
  it("is all of a short segment on one line", () => {
    assert.equal(of("  To the Senate\r\n and\tHouse.\n\n"), "To the Senate and House.");
    assert.equal(of(`${"a ".repeat(39)}bb`), `${"a ".repeat(39)}bb`);
    assert.equal(of(`Short.${"\n".repeat(500)}`), "Short.");
    assert.equal(of(" \n"), "");
  });

  it("ends with a whole word and an ellipsis where the segment goes on", () => {
    const text = "In my recent annual message to the Congress I briefly referred to our relations with Hawaii and on.";
    assert.equal(of(text), "In my recent annual message to the Congress I briefly referred to our relations…");
    assert.equal(of(`${"word ".repeat(15)}fives and more`), `${"word ".repeat(15)}fives…`);
  });

  it("says that a segment goes on behind a lot of white space", () => {
    for (const heading of ["Heading", "A heading of some length that takes up half a line"]) {
      assert.equal(of(`${heading}${"\n".repeat(500)}and more`), `${heading}…`);
    }
  });

  it("says that there is none of a text that was not kept", () => {
    assert.equal(excerpt("", Uint32Array.of(0, 5), 0), "(words not kept since an edit)");
  });

  it("cuts what has no spaces anywhere but within a character", () => {
    assert.equal(of("字".repeat(200)), `${"字".repeat(80)}…`);
    assert.equal(of(`a${"😀".repeat(100)}`), `a${"😀".repeat(39)}…`);
    assert.equal(of(`See https://example.org/${"x".repeat(100)}`).length, 81);
  });

  it("is of the segment asked for, in a text that begins anywhere in its document", () => {
    assert.equal(excerpt("First. Second. ", Uint32Array.of(100, 107, 115), 1), "Second.");
  });
});
