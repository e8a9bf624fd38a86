import assert from "node:assert/strict";
import fc from "fast-check";
import { ByteTokenizer } from "../../../src/document/bytes";
import { UserError } from "../../../src/errors";

const FILE = "m/tokenizer_config.json";
const tokenizer = ByteTokenizer.parse('{"tokenizer_class": "ByT5Tokenizer", "extra_ids": 0}', FILE);

/** Texts of characters of one to four bytes, some of them halves of a pair. */
const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), utf16());

function utf16(): fc.Arbitrary<string> {
  const unit = fc.oneof(fc.constantFrom(0x41, 0xe9, 0x65e5, 0xd83d, 0xde00), fc.integer({ min: 0, max: 0xffff }));
  return fc.array(unit).map((units) => String.fromCharCode(...units));
}

describe("the byte tokenizer", () => {
  it("has 256 bytes behind three tokens of its own, and neither [CLS] nor [SEP]", () => {
    assert.equal(tokenizer.vocabSize, 259);
    assert.ok(!("special" in tokenizer));
  });

  it("gives each byte the range of its character", () => {
    const { ids, starts, ends } = tokenizer.encode("aé日😀\ud83d!");
    assert.deepEqual(
      [...ids],
      [0x61, 0xc3, 0xa9, 0xe6, 0x97, 0xa5, 0xf0, 0x9f, 0x98, 0x80, 0xef, 0xbf, 0xbd, 0x21].map((byte) => byte + 3),
    );
    assert.deepEqual([...starts], [0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 5, 5, 5, 6]);
    assert.deepEqual([...ends], [1, 2, 2, 3, 3, 3, 5, 5, 5, 5, 6, 6, 6, 7]);
  });

  it("finds the bytes that TextEncoder finds in any text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const bytes = Array.from(tokenizer.encode(text).ids, (id) => id - 3);
        assert.deepEqual(bytes, [...new TextEncoder().encode(text)]);
      }),
      { numRuns: 1000 },
    );
  });

  it("covers any text with whole characters, in order", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { starts, ends } = tokenizer.encode(text);
        const ranges = new Set(Array.from(starts, (start, i) => `${start}-${ends[i]}`));
        let offset = 0;
        const characters = Array.from(text, (char) => `${offset}-${(offset += char.length)}`);
        assert.deepEqual([...ranges], characters);
        assert.ok(starts.every((start, i) => i === 0 || start >= (starts[i - 1] ?? 0)));
      }),
      { numRuns: 1000 },
    );
  });

  it("is not taken for that of another model", () => {
    for (const json of ['{"tokenizer_class": "BertTokenizer"}', "{}", "[]", "ByT5Tokenizer"]) {
      assert.throws(
        () => ByteTokenizer.parse(json, FILE),
        (error) =>
          error instanceof UserError && /^"m\/tokenizer_config.json" does not name ByT5.+\.$/.test(error.message),
      );
    }
  });
});
