import assert from "node:assert/strict";
import fc from "fast-check";
import { ByteTokenizer } from "../../../src/document/bytes";
import { EditedTokenizer } from "../../../src/document/editedTokenizer";
import type { Tokenizer } from "../../../src/document/tokenizer";
import { WordPiece } from "../../../src/document/wordpiece";
import { TOKENIZER_JSON } from "./reference";

const wordPiece = WordPiece.parse(TOKENIZER_JSON, "tokenizer.json");
const bytes = ByteTokenizer.parse('{"tokenizer_class": "ByT5Tokenizer"}', "tokenizer_config.json");

/** Lines of what tokenizers find hard, so that an edit often leaves some of them as they were. */
const word = fc.oneof(
  fc.constantFrom(
    "the",
    "unaffable",
    "Café",
    "e\u0301",
    "\u0301",
    "日本",
    "😀",
    "\ud83d",
    "[SEP]",
    "[SE",
    "P]",
    "ΑΣ",
    "\u00ad",
  ),
  fc.constantFrom(" ", "\n", "\n\n", "\r\n", "\t", "\u2028", "."),
);
const text = fc.array(word, { maxLength: 40 }).map((words) => words.join(""));
/** Where a text is cut, how much goes, and what comes in its place. */
const edit = fc.tuple(fc.nat(100), fc.nat(30), fc.oneof(fc.constant(""), text));

describe("a text that is tokenized again after edits", () => {
  const agrees = (tokenizer: Tokenizer) => {
    fc.assert(
      fc.property(text, fc.array(edit, { maxLength: 4 }), (first, edits) => {
        const edited = new EditedTokenizer(tokenizer);
        let now = first;
        assert.deepEqual(edited.encode(now), tokenizer.encode(now));
        for (const [at, removed, added] of edits) {
          now = now.slice(0, at) + added + now.slice(at + removed);
          assert.deepEqual(edited.encode(now), tokenizer.encode(now), JSON.stringify(now));
        }
      }),
      { numRuns: 500 },
    );
  };

  it("has the tokens of the whole text", () => {
    agrees(wordPiece);
    agrees(bytes);
  });

  it("has them too where a token reaches over the end of a line", () => {
    const json = JSON.parse(TOKENIZER_JSON) as { added_tokens: object[] };
    const overLines = { ...json.added_tokens[0], content: "the\nunaffable", id: 40_000 };
    const added_tokens = [...json.added_tokens, overLines];
    const tokenizer = WordPiece.parse(JSON.stringify({ ...json, added_tokens }), "tokenizer.json");
    agrees(tokenizer);
    const edited = new EditedTokenizer(tokenizer);
    edited.encode("the\nother");
    assert.deepEqual([...edited.encode("the\nunaffable").ids], [40_000]);
  });

  it("is read no further than the lines that changed", () => {
    const asked: string[] = [];
    const watched: Tokenizer = {
      ...{ vocabSize: wordPiece.vocabSize, linesApart: true },
      encode: (some) => {
        asked.push(some);
        return wordPiece.encode(some);
      },
    };
    const lines = Array.from({ length: 3000 }, (_, i) => `This is line ${i}.\n`);
    const edited = new EditedTokenizer(watched);
    edited.encode(lines.join(""));
    const changed = lines.with(1500, "This is another line.\n").join("");
    assert.deepEqual(edited.encode(changed), wordPiece.encode(changed));
    edited.encode(changed);
    assert.deepEqual(asked.slice(1), ["This is another line.\n", ""]);
  });
});
