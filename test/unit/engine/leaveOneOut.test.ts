import assert from "node:assert/strict";
import { segmentRuns } from "../../../src/engine/leaveOneOut";

/** The first and the end segment of each run of a document whose segments have so many tokens. */
function runsOf(segmentTokens: readonly number[]): (readonly [number, number])[] {
  const tokenBounds = new Uint32Array(segmentTokens.length + 1);
  segmentTokens.forEach((tokens, k) => (tokenBounds[k + 1] = (tokenBounds[k] ?? 0) + tokens));
  const runs = segmentRuns({ ids: new Int32Array(tokenBounds.at(-1) ?? 0), tokenBounds });
  for (const { firstSegment, endSegment, tokens } of runs) {
    assert.deepEqual(tokens, [tokenBounds[firstSegment], tokenBounds[endSegment]]);
  }
  return runs.map(({ firstSegment, endSegment }) => [firstSegment, endSegment]);
}

describe("the runs of segments that are left out", () => {
  const each = (segments: number) => Array.from({ length: segments }, (_, k) => [k, k + 1]);

  it("are single segments, however short, where there are few", () => {
    assert.deepEqual(runsOf([5, 60, 4, 55, 6, 70, 100, 150, 200, 350]), each(10));
    assert.deepEqual(runsOf(Array.from({ length: 64 }, (_, k) => 1 + (k % 7))), each(64));
  });

  it("are neighbours together where there are more than are to be left out", () => {
    const runs = runsOf(Array.from({ length: 130 }, () => 5));
    assert.deepEqual(
      [runs[0], runs.at(-1)],
      [
        [0, 3],
        [129, 130],
      ],
    );
    assert.ok(runs.length <= 64);
  });

  it("leave a long segment by itself where only those beside it are short", () => {
    const runs = runsOf([30, 200, 40, 9000, 60, 50, 700, 4000, 20, 300, 5000]);
    assert.deepEqual(runs, [
      [0, 3],
      [3, 4],
      [4, 7],
      [7, 8],
      [8, 10],
      [10, 11],
    ]);
    const lines = Array.from({ length: 1000 }, () => 1);
    assert.deepEqual(runsOf([...lines, 99_000]), [
      [0, 1000],
      [1000, 1001],
    ]);
    // Each has a short one before it, so that there are more long ones than half of what is to be left out.
    assert.ok(runsOf(Array.from({ length: 100 }, (_, k) => (k % 2 ? 1500 : 10))).length <= 8);
  });

  it("are no more than the tokens to be read allow, of a long document", () => {
    assert.deepEqual(runsOf(Array.from({ length: 8 }, () => 10_000)), each(8));
    assert.equal(runsOf(Array.from({ length: 16 }, () => 5_000)).length, 8);
  });
});
