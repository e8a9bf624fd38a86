import assert from "node:assert/strict";
import { addPart, draftOf, type Outline, type Part } from "../../../src/analysis/draft";
import { scoresOf } from "../../../src/analysis/scores";
import { sampleAnalysis, sampleHead } from "./export/sample";

const TEMPERATURE = { longest: 256, atLongest: 0.5, byLength: 0.5, byDeviation: 0 };
const LOGITS = Float32Array.of(1, 0);

/** A draft of two segments of two tokens, and the scores it has once the first is read. */
function scoresAfterFirst(contributionKind: "additive" | "leave-one-out"): Float32Array | undefined {
  const outline: Outline = {
    ...sampleAnalysis(),
    layers: 2,
    heads: [{ ...sampleHead(), temperature: TEMPERATURE, contributionKind }],
  };
  const draft = draftOf(outline);
  const first: Part = { kind: "head", head: 0, firstSegment: 0, contributions: Float32Array.of(1, 0), logits: LOGITS };
  addPart(draft, first);
  return draft.heads[0]?.scores;
}

describe("a draft", () => {
  it("is as sure as the tokens read so far allow", () => {
    assert.deepEqual(scoresAfterFirst("additive"), scoresOf(LOGITS, 2, TEMPERATURE));
  });

  it("of a head that reads [CLS] alone is of the whole document", () => {
    assert.deepEqual(scoresAfterFirst("leave-one-out"), scoresOf(LOGITS, 4, TEMPERATURE));
  });
});
