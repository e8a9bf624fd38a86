import assert from "node:assert/strict";
import fc from "fast-check";
import type { Row } from "../../../src/corpus/row";
import { columnsOf, sorted } from "../../../webview/corpus/columns";
import { Tally } from "../../../webview/corpus/tally";

const row = (path: string, model: string, tokens: number, ...heads: readonly string[]): Row => ({
  ...{ path, hash: "", model, segmentation: "paragraph", tokens },
  heads: Object.fromEntries(heads.map((head) => [head, { label: "yes", score: 1, sure: true }])),
});

describe("The tally of a folder's rows", () => {
  it("has every head and model once, in the order they came in, and how many files were not read", () => {
    const tally = new Tally();
    tally.add(row("/a", "tiny@1", 1, "topic"));
    tally.add({ path: "/b", error: "No." });
    tally.add(row("/c", "tiny@2", 1, "topic", "sentiment"));
    tally.add(row("/d", "small@1", 1, "sentiment"));
    assert.deepEqual([tally.heads, tally.models, tally.failed], [["topic", "sentiment"], ["tiny", "small"], 1]);
  });
});

describe("The order of rows that grow in number", () => {
  it("is the same whether the first of them were in order before or not", () => {
    const column = columnsOf([]).find(({ id }) => id === "tokens");
    assert.ok(column);
    fc.assert(
      fc.property(fc.array(fc.nat(5)), fc.nat(), fc.boolean(), (tokens, some, descending) => {
        const rows = tokens.map((each, place) => row(`/${place}`, "tiny", each));
        const before = sorted(rows.slice(0, some), column, descending);
        assert.deepEqual(sorted(rows, column, descending, before), sorted(rows, column, descending));
      }),
    );
  });
});
