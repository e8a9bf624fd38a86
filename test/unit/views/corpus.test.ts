import assert from "node:assert/strict";
import type { Row } from "../../../src/corpus/row";
import { parseFromCorpus } from "../../../src/views/corpus/messages";
import { columnsOf, sorted } from "../../../webview/corpus/columns";

describe("Messages from the page of a folder's results", () => {
  for (const message of [
    { type: "ready" },
    { type: "cancel" },
    { type: "run" },
    { type: "open", row: 3 },
    { type: "export", format: "csv" },
    { type: "export", format: "jsonl" },
  ]) {
    it(`${JSON.stringify(message)} is taken`, () => {
      assert.deepEqual(parseFromCorpus({ ...message, command: "evil" }), message);
    });
  }

  for (const message of [
    null,
    "run",
    {},
    { type: "delete" },
    { type: "open" },
    { type: "open", row: -1 },
    { type: "open", row: "1" },
    { type: "export", format: "exe" },
  ]) {
    it(`${JSON.stringify(message)} is refused`, () => {
      assert.equal(parseFromCorpus(message), undefined);
    });
  }
});

describe("The order of a folder's results", () => {
  const row = (path: string, label: string, score: number, tokens: number): Row => ({
    ...{ path, hash: "", model: "", segmentation: "paragraph", tokens },
    heads: { kind: { label, score, sure: true } },
  });
  const rows: Row[] = [
    row("/a", "rfc", 0.5, 30),
    { path: "/b", error: "No." },
    row("/c", "drama", 0.9, 10),
    row("/d", "rfc", 0.8, 20),
  ];
  const by = (id: string, descending: boolean): string => {
    const column = columnsOf(["kind"]).find((each) => each.id === id);
    assert.ok(column);
    return Array.from(sorted(rows, column, descending), (place) => rows[place]?.path.slice(1)).join("");
  };

  it("is by label, the surest first, or by tokens, and what was not read comes last either way", () => {
    assert.equal(by("head kind", false), "cdab");
    assert.equal(by("head kind", true), "dacb");
    assert.equal(by("tokens", false), "cdab");
    assert.equal(by("tokens", true), "adcb");
    assert.equal(by("file", false), "abcd");
    assert.equal(by("file", true), "dcba");
  });
});
