import assert from "node:assert/strict";
import type { HeadAnalysis } from "../../../src/analysis/analysis";
import { scoresOf } from "../../../src/analysis/scores";
import { documentVerdict, doubtAbout, segmentVerdict } from "../../../src/analysis/verdict";

/** A head that scores its document 0.25 to 0.75, its first segment 0.8 to 0.2 and its last, without tokens, nothing. */
function head(threshold?: number): HeadAnalysis {
  const logits = Float32Array.of(0, Math.log(3));
  return {
    name: "kind",
    labels: ["poetry", "rfc"],
    threshold,
    logits,
    scores: scoresOf(logits, 6),
    contributionKind: "additive",
    contributions: Float32Array.of(Math.log(4) / 3, 0, -Math.log(4) / 3, Math.log(3), 0, 0),
  };
}

/** Its segments' lengths. */
const LENGTHS = { tokens: 6, segmentTokens: Uint32Array.of(2, 4, 0) };

describe("a verdict", () => {
  it("is the best label and its score", () => {
    assert.deepEqual(documentVerdict(head()), { label: "rfc", score: 0.75, sure: true });
    const { label, score, sure } = segmentVerdict(LENGTHS, head(), 0) ?? {};
    assert.deepEqual([label, score?.toFixed(6), sure], ["poetry", "0.800000", true]);
  });

  it("is not sure below the head's threshold, and sure from it on", () => {
    const sure = [0, 0.7, 0.75, 0.76, 1].map((threshold) => documentVerdict(head(threshold)).sure);
    assert.deepEqual(sure, [true, true, true, false, false]);
  });

  it("is not sure of a text about which there is a doubt, however high its score", () => {
    const doubtful = { ...head(0.1), doubt: "Nobody can read this." };
    assert.deepEqual(documentVerdict(doubtful), { label: "rfc", score: 0.75, sure: false });
    assert.equal(segmentVerdict(LENGTHS, doubtful, 0)?.sure, false);
    assert.equal(doubtAbout({ heads: [doubtful] }), "Nobody can read this.");
    assert.equal(doubtAbout({ heads: [head()] }), undefined);
  });

  it("on a segment is held to the same threshold", () => {
    const sure = [0.79, 0.81].map((threshold) => segmentVerdict(LENGTHS, head(threshold), 0)?.sure);
    assert.deepEqual(sure, [true, false]);
  });

  it("on a segment without tokens is not sure where there is a threshold", () => {
    assert.equal(segmentVerdict(LENGTHS, head(0.1), 2)?.sure, false);
  });

  it("on a segment is scored at the temperature of segments of its length", () => {
    const temperature = { longest: 6, atLongest: 1, byLength: 0, byDeviation: 0 };
    const segmentTemperature = { longest: 12, atLongest: 2, byLength: 1, byDeviation: 0 };
    // 2 times 12 / 2.
    const score = 1 / (1 + 4 ** (-1 / 12));
    const found = segmentVerdict(LENGTHS, { ...head(), temperature, segmentTemperature }, 0)?.score ?? NaN;
    assert.ok(Math.abs(found - score) < 1e-6);
  });

  it("on a segment is none of a head that is no mean head", () => {
    assert.equal(segmentVerdict(LENGTHS, { ...head(), contributionKind: "leave-one-out" }, 0), undefined);
  });
});
