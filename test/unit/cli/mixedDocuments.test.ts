import assert from "node:assert/strict";
import { mixedDocuments } from "../../../src/cli/evaluation/mixedDocuments";
import { Random } from "../../../src/cli/evaluation/random";
import type { TestRow } from "../../../src/cli/evaluation/testSet";
import { segment } from "../../../src/document/segment";

/** A text of paragraphs of so many words each. */
const text = (word: string, ...paragraphs: number[]) =>
  `\n  ${paragraphs.map((words) => Array<string>(words).fill(word).join(" ")).join("\n\n")}\n\n`;
const row = (label: string, words: string): TestRow => ({ label, text: words, name: label });

describe("mixed documents", () => {
  const rows = [
    row("recipe", text("salt", 100, 60, 80)),
    row("contract", text("party", 700, 140, 200, 90, 30)),
    row("poem", text("rose", ...Array<number>(40).fill(25))),
    row("note", text("memo", 149)),
    row("transcript", text("counsel", 900)),
  ];
  const documents = mixedDocuments(rows, 50, new Random(5));

  it("have two to four parts of different labels, among those with paragraphs that fit", () => {
    const sizes = new Set(documents.map(({ parts }) => parts.length));
    assert.deepEqual([...sizes].sort(), [2, 3]);
    const labels = documents.map(({ parts }) => parts.map(({ label }) => label));
    assert.ok(labels.every((ofOne) => new Set(ofOne).size === ofOne.length));
    assert.deepEqual([...new Set(labels.flat())].sort(), ["contract", "poem", "recipe"]);
  });

  it("have parts of 150 to 600 words, whole paragraphs of one row, with blank lines between", () => {
    for (const { text, parts } of documents) {
      const texts = parts.map(({ start, end }) => text.slice(start, end));
      assert.equal(texts.join("\n\n"), text);
      parts.forEach(({ label }, k) => {
        const part = texts[k] ?? "";
        const words = part.split(/\s+/).length;
        assert.ok(words >= 150 && words <= 600, `${label}: ${words} words`);
        const source =
          rows
            .find((one) => one.label === label)
            ?.text.trim()
            .split("\n\n") ?? [];
        assert.ok(part.split("\n\n").every((paragraph) => source.includes(paragraph)));
      });
    }
  });

  it("have no segment in two parts", () => {
    for (const { text, parts } of documents) {
      const bounds = segment(text, "paragraph");
      assert.ok(parts.every(({ start }) => bounds.includes(start)));
    }
  });

  it("need two labels", () => {
    assert.throws(
      () => mixedDocuments(rows.slice(0, 1), 1, new Random(5)),
      /two labels at least: use the whole test set\./,
    );
  });
});
