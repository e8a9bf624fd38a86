import assert from "node:assert/strict";
import { addPart, draftOf, takeIn, type Outline } from "../../../src/analysis/draft";
import { signed } from "../../../src/analysis/figures";
import { scoresOf } from "../../../src/analysis/scores";
import { STATISTICS, statisticAt } from "../../../src/analysis/statistics";
import { sampleAnalysis, sampleHead } from "./export/sample";

const TEMPERATURE = { longest: 256, atLongest: 0.5, byLength: 0.5, byDeviation: 0 };
const LOGITS = Float32Array.of(1, 0);

describe("a draft", () => {
  it("is as sure as the tokens read so far allow", () => {
    const outline: Outline = { ...sampleAnalysis(), layers: 2, heads: [{ ...sampleHead(), temperature: TEMPERATURE }] };
    const draft = draftOf(outline);
    const contributions = Float32Array.of(1, 0);
    addPart(draft, { kind: "head", head: 0, firstSegment: 0, contributions, logits: LOGITS, tokens: 2 });
    assert.deepEqual(draft.heads[0]?.scores, scoresOf(LOGITS, 2, TEMPERATURE));
    assert.notDeepEqual(draft.heads[0].scores, scoresOf(LOGITS, outline.tokens, TEMPERATURE));
  });

  it("begins anew with another outline: a provider may take over from one that failed", () => {
    const outline: Outline = { ...sampleAnalysis(), layers: 2 };
    const head = { kind: "head", head: 0, firstSegment: 0, contributions: LOGITS, logits: LOGITS, tokens: 2 } as const;
    const first = takeIn(takeIn(undefined, { kind: "outline", outline }), head);
    assert.deepEqual(first?.heads[0]?.logits, LOGITS);
    const second = takeIn(first, { kind: "outline", outline: { ...outline, provider: "webgpu" } });
    assert.deepEqual(second?.heads[0]?.logits, Float32Array.of(NaN, NaN));
    assert.equal(second.provider, "webgpu");
  });

  it("has what the segments contribute that are read", () => {
    const draft = draftOf({ ...sampleAnalysis(), layers: 2 });
    for (const firstSegment of [0, 1]) {
      const contributions = Float32Array.of(1 + firstSegment, 0.5);
      addPart(draft, { kind: "head", head: 0, firstSegment, contributions, logits: LOGITS, tokens: 2 + firstSegment });
    }
    assert.deepEqual(draft.heads[0]?.contributions, Float32Array.of(1, 0.5, 2, 0.5, NaN, NaN));
  });

  it("says of each figure that is not known yet the same", () => {
    const draft = draftOf({ ...sampleAnalysis(), layers: 2 });
    const written = STATISTICS.map(({ format }, statistic) => format(statisticAt(draft, statistic, 1, 0)));
    assert.deepEqual(new Set(written), new Set([signed(NaN)]));
  });
});
