import assert from "node:assert/strict";
import { parseFromPanel } from "../../../../src/views/panel/messages";

describe("Messages from the panel's page", () => {
  for (const message of [
    { type: "ready" },
    { type: "classify" },
    { type: "classifyAgain" },
    { type: "cancel" },
    { type: "explain" },
    { type: "choose", readingId: 1, head: "kind" },
    { type: "choose", readingId: 1, head: "kind", label: "rfc" },
    { type: "reveal", readingId: 1, segment: 0, focus: true },
    { type: "tokens", readingId: 1, segment: 7 },
    { type: "tokens", readingId: 1 },
    { type: "point", readingId: 1, segment: 7 },
    { type: "point", readingId: 1 },
    { type: "excerpts", readingId: 1, segments: [3, 4] },
  ]) {
    it(`${JSON.stringify(message)} is taken`, () => {
      assert.deepEqual(parseFromPanel(message), message);
    });
  }

  for (const message of [
    undefined,
    null,
    "ready",
    {},
    { type: "evaluate" },
    { type: "choose", head: "kind" },
    { type: "choose", readingId: 1, head: 3 },
    { type: "reveal", readingId: 1, segment: -1 },
    { type: "reveal", readingId: "1", segment: 0 },
    { type: "point", segment: 7 },
    { type: "tokens", segment: 7 },
    { type: "tokens", readingId: 1, segment: 0.5 },
    { type: "excerpts", readingId: 1, segments: "all" },
    { type: "excerpts", readingId: 1, segments: Array.from({ length: 10_000 }, (_, i) => i) },
  ]) {
    it(`${JSON.stringify(message ?? null).slice(0, 60)} is refused`, () => {
      assert.equal(parseFromPanel(message), undefined);
    });
  }

  it("what is beyond the protocol is left out", () => {
    assert.deepEqual(parseFromPanel({ type: "cancel", command: "evil" }), { type: "cancel" });
    assert.deepEqual(parseFromPanel({ type: "excerpts", readingId: 1, segments: [1, "2", NaN] }), {
      type: "excerpts",
      readingId: 1,
      segments: [1],
    });
  });
});
