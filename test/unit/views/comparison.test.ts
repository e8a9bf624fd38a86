import assert from "node:assert/strict";
import type * as vscode from "vscode";
import type { Analysis } from "../../../src/analysis/analysis";
import type { Reading } from "../../../src/readings/reading";
import { isAsCompared } from "../../../src/views/comparison/asCompared";
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
  const side = {
    title: "a.txt",
    uri: "file:///a.txt",
    modelKey: "ponet-tiny@0123456789ab",
    segmentation: "paragraph",
  } as const;
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
    { origin: { ...origin, sides: [side, { ...side, modelKey: undefined }] } },
    { origin: { ...origin, sides: [side, { ...side, segmentation: "words" }] } },
  ]) {
    it(`is not ${JSON.stringify(state ?? null)}`, () => {
      assert.equal(parseOrigin(state), undefined);
    });
  }

  it("finds a reading again that is still there, and none by other weights, of other segments or of another text", () => {
    const document = { version: 3 } as unknown as vscode.TextDocument;
    const is = (change: Partial<Analysis>, version = 3) => {
      const analysis = { modelKey: side.modelKey, segmentation: side.segmentation, ...change };
      return isAsCompared({ analysis, version } as unknown as Reading, side, document);
    };
    assert.ok(is({}));
    assert.ok(!is({ modelKey: "ponet-tiny@ba9876543210" }));
    assert.ok(!is({ segmentation: "sentence" }));
    assert.ok(!is({}, 2));
  });
});
