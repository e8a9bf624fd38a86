import assert from "node:assert/strict";
import { segment } from "../../../src/document/segment";
import { movedBy } from "../../../webview/panel/maps/movedBy";

describe("The part of a document that the maps are zoomed to", () => {
  const paragraphs = ["One.", "Two.", "Three.", "Four.", "Five."];
  const bounds = (...texts: readonly string[]): Uint32Array => segment(texts.join("\n\n"), "paragraph");

  /** By how many segments the last three of the five have moved once these are there. */
  const moved = (...texts: readonly string[]): number => movedBy(bounds(...paragraphs), bounds(...texts), 2, 5);

  it("moves with the text as paragraphs before it come and go", () => {
    assert.equal(moved("New.", ...paragraphs), 1);
    assert.equal(moved("One.", "Two.", "New.", "Newer.", "Three.", "Four.", "Five."), 2);
    assert.equal(moved("Two.", "Three.", "Four.", "Five."), -1);
    assert.equal(moved("Three.", "Four.", "Five."), -2);
  });

  it("stays where it is as they come and go in it and behind it", () => {
    assert.equal(moved(...paragraphs, "New."), 0);
    assert.equal(moved("One.", "Two.", "Three.", "New.", "Four.", "Five."), 0);
    assert.equal(moved("One.", "Two.", "Three.", "Five."), 0);
    const fourth = (...texts: readonly string[]): number => movedBy(bounds(...paragraphs), bounds(...texts), 3.2, 4);
    assert.equal(fourth("One.", "Two.", "Three.", "Four.", "New.", "Five."), 0);
    assert.equal(fourth("One.", "Two.", "Three.", "Four."), 0);
    // From the fifth on the text is as long now as it was from the fourth on.
    assert.equal(fourth(...paragraphs, "Five."), 0);
  });
});
