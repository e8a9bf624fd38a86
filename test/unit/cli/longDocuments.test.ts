import assert from "node:assert/strict";
import { longDocuments } from "../../../src/cli/evaluation/longDocuments";
import { Random } from "../../../src/cli/evaluation/random";
import type { TestRow } from "../../../src/cli/evaluation/testSet";

const row = (label: string, text: string): TestRow => ({ label, text, name: text });
const countWords = (text: string) => text.match(/\S+/g)?.length ?? 0;

describe("long documents", () => {
  const rows = [
    ...Array.from({ length: 12 }, (_, i) => row("pos", `good ${i} and fine`)),
    row("neg", "bad"),
    row("neg", " \n "),
    row("neg", "worse still"),
    row("none", ""),
  ];
  const documents = longDocuments(rows, countWords, { tokens: 10, perLabel: 4 }, new Random(1));

  it("are as many for each label as its rows are enough for, and one where they are not", () => {
    assert.deepEqual(
      documents.map(({ label }) => label),
      ["neg", "pos", "pos", "pos", "pos"],
    );
  });

  it("are just long enough, from members of their own label with a blank line between", () => {
    for (const { label, text, members } of documents) {
      assert.equal(text, members.map((member) => member.text).join("\n\n"));
      assert.ok(members.every((member) => member.label === label && /\S/.test(member.text)));
      assert.ok(countWords(text) >= 10);
      assert.ok(members.slice(0, -1).reduce((sum, member) => sum + countWords(member.text), 0) < 10);
    }
  });

  it("share no row", () => {
    const drawn = documents.filter(({ label }) => label === "pos").flatMap(({ members }) => members);
    assert.equal(drawn.length, 12);
    assert.equal(new Set(drawn).size, 12);
  });

  it("are no more than asked for", () => {
    const few = longDocuments(rows, countWords, { tokens: 10, perLabel: 2 }, new Random(1));
    assert.deepEqual(
      few.map(({ label }) => label),
      ["neg", "pos", "pos"],
    );
  });

  it("are the same for the same seed", () => {
    const again = longDocuments(rows, countWords, { tokens: 10, perLabel: 4 }, new Random(1));
    assert.deepEqual(again, documents);
  });
});
