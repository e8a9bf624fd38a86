import assert from "node:assert/strict";
import { plainText } from "../../../src/editor/plainText";

/** What VS Code takes for a link in a notification (its linkedText.ts). */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/;

describe("a sentence for a notification", () => {
  it("names a file whose name is a link without becoming one", () => {
    const sentence = '"[essay](command:workbench.action.quit).md" has no words: write some, then classify it.';
    assert.match(sentence, LINK);
    assert.doesNotMatch(plainText(sentence), LINK);
  });

  it("is otherwise as it was", () => {
    assert.equal(plainText("notes (1).txt [draft] has no words."), "notes (1).txt [draft] has no words.");
  });
});
