import assert from "node:assert/strict";
import { parseFromComparison, parseOrigin } from "../../../src/views/comparison/messages";

describe("Messages from the page of a comparison", () => {
  for (const message of [
    { type: "ready" },
    { type: "compare" },
    { type: "reveal", side: 0, segment: 3, focus: true },
    { type: "reveal", side: 1, segment: 0, focus: false },
    { type: "excerpts", side: 1, segments: [3, 4] },
  ]) {
    it(`${JSON.stringify(message)} is taken`, () => {
      assert.deepEqual(parseFromComparison(message), message);
    });
  }

  for (const message of [
    undefined,
    null,
    "ready",
    {},
    { type: "evaluate" },
    { type: "reveal", segment: 3 },
    { type: "reveal", side: 2, segment: 3 },
    { type: "reveal", side: "0", segment: 3 },
    { type: "reveal", side: 0, segment: -1 },
    { type: "reveal", side: 0, segment: 0.5 },
    { type: "excerpts", segments: [3] },
    { type: "excerpts", side: 0, segments: "all" },
    { type: "excerpts", side: 0, segments: Array.from({ length: 10_000 }, (_, i) => i) },
  ]) {
    it(`${JSON.stringify(message ?? null).slice(0, 60)} is refused`, () => {
      assert.equal(parseFromComparison(message), undefined);
    });
  }

  it("what is beyond the protocol is left out", () => {
    assert.deepEqual(parseFromComparison({ type: "ready", command: "evil" }), { type: "ready" });
    assert.deepEqual(parseFromComparison({ type: "excerpts", side: 0, segments: [1, "2", NaN] }), {
      type: "excerpts",
      side: 0,
      segments: [1],
    });
  });
});

describe("What the page of a comparison keeps of it", () => {
  const side = { title: "a.txt", uri: "file:///a.txt", model: "ponet-tiny" };
  const origin = { of: "documents", common: "ponet-tiny", sides: [side, { ...side, title: "b.txt" }] };

  it("is taken, without what else the page keeps", () => {
    assert.deepEqual(parseOrigin({ scroll: 10, origin: { ...origin, more: 1 } }), origin);
  });

  for (const state of [
    undefined,
    null,
    "origin",
    {},
    { origin: { ...origin, of: "folders" } },
    { origin: { ...origin, common: undefined } },
    { origin: { ...origin, sides: [side] } },
    { origin: { ...origin, sides: [side, { ...side, uri: 5 }] } },
  ]) {
    it(`is not ${JSON.stringify(state ?? null)}`, () => {
      assert.equal(parseOrigin(state), undefined);
    });
  }
});
