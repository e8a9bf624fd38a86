import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { WordPiece } from "../../../src/document/wordpiece";
import { parity, TOKENIZER_JSON, tokensOf } from "./reference";

const MIXED = readFileSync("test/fixtures/document/mixed.txt", "utf8");

const INVISIBLE = [
  "soft\u00adhyphens, zero\u200bwidth\u200cchars\u200din\u2060side, a\ufeffbom, right\u200fto\u200eleft, \u202aembedded\u202c",
  "no\u00a0break, thin\u2009space, ideographic\u3000space, line\u2028and\u2029paragraph separator, next\u0085line",
  "control\u0001 \u0007char\u007facters, form\u000cfeed, vertical\u000btab, tab\tbed, n\u0000ul, re\ufffdplaced",
  "private \ue000\uf8ff use, \u{f0000}\u{10fffd}, tag\u{e0041}s, non\ufdd0char\uffff, un\u0378assigned",
  "windows line\r\nanother\r\n\r\nold mac line\rthe last\r\r",
];

/** The tokenizer of the bundled model with some of its normalizer's switches turned. */
function withNormalizer(switches: Readonly<Record<string, boolean | null>>): string {
  const tokenizer = JSON.parse(TOKENIZER_JSON) as { normalizer: object };
  return JSON.stringify({ ...tokenizer, normalizer: { ...tokenizer.normalizer, ...switches } });
}

const codePoints = (first: number, last: number): fc.Arbitrary<string> =>
  fc.integer({ min: first, max: last }).map((codePoint) => String.fromCodePoint(codePoint));

const chars = (text: string): string[] => Array.from(text);

/** Texts of what tokenizers disagree about: scripts, marks in any order, changes of length and whatever is invisible. */
const difficultText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."the unaffable [SEP] [CLS] [MASK] [UNK] [PAD] [sep] [ ] # ##ing . ' running U.S. x1y2".split(" "),
      ),
      fc.constantFrom(" ", " ", "\n", "\r\n", "\r", "\t", "\f", "\u00a0", "\u2028", "\u0085", "\u3000"),
      fc.constantFrom("x".repeat(99), "y".repeat(101), "é".repeat(100), "가".repeat(34), "\u0301".repeat(101)),
      fc.constantFrom(...chars("éÉüßẞİıſKÅΩΣςǅŉﬁ가힣각กำकिে้ো≠≮;`字中豈𠀀𫠠—…‘’。「😀👩👍🏽🇩🇪")),
      fc.constantFrom("\u00ad", "\u200b", "\u200d", "\ufeff", "\u0000", "\ufffd", "\ue000", "\u{e0041}", "\u{f0000}"),
      fc.constantFrom(...chars("\u0301\u0323\u0345\u0344\u0f73\u0f81\u1b44\u302e\u1baa\u08d4\u1dfb\u{1e000}")),
      fc.constantFrom(...chars("\u{1d15e}\u{1d160}\u{1d165}\u{1d16e}\u{1d1bc}\u0334\u0f71")),
      fc.constantFrom("\ud83d", "\ude00", "\ud800", "\udfff"),
      codePoints(0x20, 0x7e),
      codePoints(0, 0x24f),
      codePoints(0x300, 0x36f),
      codePoints(0x370, 0x1fff),
      codePoints(0x2000, 0x33ff),
      codePoints(0xe000, 0xffff),
      codePoints(0x10000, 0x1ffff),
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(""));

describe("WordPiece", () => {
  const tokenizer = WordPiece.parse(TOKENIZER_JSON, "tokenizer.json");
  const agree = parity(TOKENIZER_JSON);

  it("knows the size of its vocabulary and its special tokens", () => {
    assert.equal(tokenizer.vocabSize, 30522);
    assert.deepEqual(tokenizer.special, { unk: 100, cls: 101, sep: 102 });
  });

  it("gives UTF-16 offsets into the original text", () => {
    const text = "😀 Unaffable Café, 日本!";
    const pieces = tokensOf(tokenizer, text).map(([, start, end]) => text.slice(start, end));
    assert.deepEqual(pieces, ["😀", "Una", "ffa", "ble", "Café", ",", "日", "本", "!"]);
  });

  it("agrees with the reference on many scripts, symbols and code", async () => {
    await agree(MIXED);
    for (const line of MIXED.split("\n")) await agree(line);
  });

  it("agrees with the reference on invisible characters and line ends of every kind", async () => {
    for (const text of INVISIBLE) await agree(text);
  });

  it("agrees with the reference on words around the greatest length", async () => {
    for (const char of ["x", "a", "é", "가", "e\u0301", "😀", "\u{1d15e}", "a\u00ad"]) {
      for (const length of [33, 34, 50, 51, 99, 100, 101]) await agree(`to ${char.repeat(length)} be`);
    }
  });

  it("agrees with the reference on more tokens than it reckoned with", async () => {
    await agree("a!b?1 ".repeat(5000));
  });

  it("makes a word of 5 million characters one unknown token", () => {
    assert.deepEqual(tokensOf(tokenizer, "x".repeat(5e6)), [[100, 0, 5e6]]);
  });

  it("finds nothing in a text of nothing, spaces or control characters", () => {
    for (const text of ["", " \r\n\t\u00a0", "\u0000\u200b\ufeff\u0301"])
      assert.deepEqual(tokensOf(tokenizer, text), []);
  });

  it("takes a lone surrogate for a replacement character", () => {
    assert.deepEqual(tokensOf(tokenizer, "as\ud800 is\udc00"), tokensOf(tokenizer, "as\ufffd is\ufffd"));
  });

  it("agrees with the reference on what each character is", async function () {
    this.timeout(60_000);
    // The ideographs, syllables and private characters within these ranges are all of one kind.
    const within = [
      [0x3410, 0x4dab],
      [0x4e10, 0x9fef],
      [0xac10, 0xd793],
      [0xd800, 0xdfff],
      [0xe010, 0xf8ef],
      [0x12480, 0x1669f],
      [0x17000, 0x1affe],
      [0x1fb00, 0x1ffff],
    ] as const;
    const samples: string[] = [];
    for (let codePoint = 0; codePoint < 0x20010; codePoint++) {
      const [, last] = within.find(([first, last]) => codePoint >= first && codePoint <= last) ?? [];
      if (last === undefined) samples.push(String.fromCodePoint(codePoint));
      else codePoint = last;
    }
    const edges = [0x2a6df, 0x2a6e0, 0x2a700, 0x2b81f, 0x2b820, 0x2b91f, 0x2b920, 0x2ceaf, 0x2ceb0, 0x2f800, 0x2fa1f];
    const others = [0x2fa20, 0x30000, 0xe0001, 0xe0020, 0xe007f, 0xe0100, 0xe01ef, 0xf0000, 0xffffd, 0xffffe, 0x10ffff];
    for (const codePoint of [...edges, ...others]) samples.push(String.fromCodePoint(codePoint));
    await agree(samples.map((char) => `a${char}b e${char}\u0301`).join(" "));
  });

  it("agrees with the reference on difficult texts", async function () {
    this.timeout(60_000);
    await fc.assert(fc.asyncProperty(difficultText, agree), { numRuns: 3000 });
  });

  for (const switches of [
    { strip_accents: false },
    { strip_accents: true, lowercase: false },
    { lowercase: false },
    { clean_text: false },
    { handle_chinese_chars: false },
  ]) {
    it(`agrees with the reference on difficult texts with ${JSON.stringify(switches)}`, async function () {
      this.timeout(60_000);
      await fc.assert(fc.asyncProperty(difficultText, parity(withNormalizer(switches))), { numRuns: 500 });
    });
  }
});
