import assert from "node:assert/strict";
import { MeanHead } from "../../../src/analysis/meanHead";
import { SegmentSums } from "../../../src/analysis/segmentSums";

describe("a mean head", () => {
  it("says nothing before its first segment is whole, and then the mean of what is", () => {
    const head = new MeanHead(new SegmentSums(Uint32Array.of(0, 3, 4)), 2);
    head.add(Float32Array.of(1, 0, 3, 0), 0);
    const before = head.finish(0);
    assert.deepEqual([before.contributions.length, Array.from(before.logits)], [0, [NaN, NaN]]);
    head.add(Float32Array.of(2, 6, 10, 2), 2);
    const first = head.finish(1);
    assert.deepEqual([Array.from(first.logits), first.tokens], [[2, 2], 3]);
    const { firstSegment, contributions, logits, tokens } = head.finish(2);
    assert.deepEqual([firstSegment, Array.from(contributions), Array.from(logits), tokens], [1, [2.5, 0.5], [4, 2], 4]);
  });
});
