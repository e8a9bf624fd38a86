import assert from "node:assert/strict";
import { WordPiece } from "../../../src/document/wordpiece";
import { UserError } from "../../../src/errors";
import { parity, tokensOf } from "./reference";

const VOCAB = { "[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, a: 4, "##b": 5, "##bc": 6, x: 9 };
const ADDED = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
const VALID = {
  version: "1.0",
  added_tokens: [{ ...ADDED, id: 3, content: "[SEP]" }],
  normalizer: {
    type: "BertNormalizer",
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: "BertPreTokenizer" },
  model: {
    type: "WordPiece",
    unk_token: "[UNK]",
    continuing_subword_prefix: "##",
    max_input_chars_per_word: 100,
    vocab: VOCAB,
  },
};

const parse = (tokenizer: unknown): WordPiece => WordPiece.parse(JSON.stringify(tokenizer), "m/tokenizer.json");

describe("tokenizer.json", () => {
  it("is read as far as it describes a BERT tokenizer", () => {
    const tokenizer = parse(VALID);
    assert.equal(tokenizer.vocabSize, 10);
    assert.deepEqual(tokenizer.special, { unk: 1, cls: 2, sep: 3 });
    assert.deepEqual(tokensOf(tokenizer, "ABC ab abb[SEP] ac"), [
      [4, 0, 1],
      [6, 1, 3],
      [4, 4, 5],
      [5, 5, 6],
      [4, 7, 8],
      [5, 8, 9],
      [5, 9, 10],
      [3, 10, 15],
      [1, 16, 18],
    ]);
  });

  it("may have added tokens of any text, inside or outside of the vocabulary", async () => {
    const contents = ["ab", "abc", " x", "😀b", "é", "[SEP]]"];
    // The reference takes no notice of these ids: a token has that of the vocabulary, or the next one behind it.
    const added = contents.map((content, i) => ({ ...ADDED, content, id: 8 + i }));
    const json = JSON.stringify({
      ...VALID,
      added_tokens: [...VALID.added_tokens, ...added, { ...ADDED, content: "x", id: 99 }],
      model: { ...VALID.model, vocab: { ...VOCAB, x: 7 } },
    });
    assert.equal(WordPiece.parse(json, "tokenizer.json").vocabSize, 14);
    const agree = parity(json);
    for (const text of ["abcab xa x", "a😀bé\u0301É", "[SEP]][SEP]]]", "AB ABC e\u0301 \u00adab", "a\u00ad[SEP]b"]) {
      await agree(text);
    }
  });

  it("may limit words to fewer code points than its tokens have", async () => {
    const vocab = { ...VOCAB, abb: 10, "😀": 11, "##😀": 12 };
    const agree = parity(JSON.stringify({ ...VALID, model: { ...VALID.model, max_input_chars_per_word: 2, vocab } }));
    await agree("a ab abb 😀 😀😀 😀😀😀 a\u0301b\u0301");
  });

  it("need not have a token for each character of its tokens", async () => {
    const vocab = { ...VOCAB, xy: 10, "##^": 11, "##中": 12 };
    const agree = parity(JSON.stringify({ ...VALID, model: { ...VALID.model, vocab } }));
    await agree("] [ x^x ^ xy x中 b P [PAD] y");
  });

  it("may have 100,000 tokens", async function () {
    this.timeout(60_000);
    const numbers = Array.from({ length: 100_000 }, (_, i) => [String(i).padStart(6, "0"), i + 10]);
    const vocab = { ...VOCAB, ...Object.fromEntries(numbers) } as Record<string, number>;
    const agree = parity(JSON.stringify({ ...VALID, model: { ...VALID.model, vocab } }));
    await agree(Array.from({ length: 1000 }, (_, i) => `0${i * 99} ${String(i * 99).padStart(6, "0")}`).join(" "));
  });

  const rejected: readonly [string, unknown, RegExp][] = [
    ["another normalizer", { ...VALID, normalizer: { type: "NFC" } }, /normalizer\.type: .*"BertNormalizer"/],
    ["no normalizer", { ...VALID, normalizer: null }, /normalizer: /],
    ["another pre-tokenizer", { ...VALID, pre_tokenizer: { type: "ByteLevel" } }, /pre_tokenizer\.type: /],
    ["another model", { ...VALID, model: { ...VALID.model, type: "BPE" } }, /model\.type: .*"WordPiece"/],
    [
      "another prefix",
      { ...VALID, model: { ...VALID.model, continuing_subword_prefix: "@@" } },
      /model\.continuing_subword_prefix: /,
    ],
    [
      "words of no length",
      { ...VALID, model: { ...VALID.model, max_input_chars_per_word: 0 } },
      /model\.max_input_chars_per_word: /,
    ],
    ["a fractional id", { ...VALID, model: { ...VALID.model, vocab: { ...VOCAB, a: 4.5 } } }, /model\.vocab: /],
    ["a negative id", { ...VALID, model: { ...VALID.model, vocab: { ...VOCAB, a: -1 } } }, /model\.vocab: /],
    ["a huge id", { ...VALID, model: { ...VALID.model, vocab: { ...VOCAB, a: 2 ** 40 } } }, /model\.vocab: /],
    ["an empty vocabulary", { ...VALID, model: { ...VALID.model, vocab: {} } }, /lacks \[UNK\]/],
    ["no [SEP]", { ...VALID, model: { ...VALID.model, vocab: { ...VOCAB, "[SEP]": undefined } } }, /lacks \[SEP\]/],
    ["no unknown token", { ...VALID, model: { ...VALID.model, unk_token: "toString" } }, /lacks toString/],
    ["a list", [], /expected object/],
  ];
  for (const [what, tokenizer, problem] of rejected) {
    it(`is rejected with ${what}`, () => {
      assert.throws(() => parse(tokenizer), isUserError(problem));
    });
  }

  for (const key of ["normalized", "lstrip"]) {
    it(`is rejected with a token that is "${key}", without the advice to take another file`, () => {
      const added_tokens = [...VALID.added_tokens, { ...ADDED, id: 9, content: "@USER", [key]: true }];
      const message = new RegExp(
        `^"m/tokenizer\\.json" has an added token "@USER" with "${key}": true, .+: choose a checkpoint without such tokens\\.$`,
      );
      assert.throws(() => parse({ ...VALID, added_tokens }), { name: "UserError", message });
    });
  }

  it("is rejected when it is not JSON", () => {
    assert.throws(
      () => WordPiece.parse(JSON.stringify(VALID).slice(0, -9), "m/tokenizer.json"),
      isUserError(/it is not JSON/),
    );
  });
});

/** An error for the user: one sentence that names the file, the problem and the way out. */
function isUserError(problem: RegExp): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /^"m\/tokenizer\.json" is not .+; use .+\.$/);
    assert.match(error.message, problem);
    return true;
  };
}
