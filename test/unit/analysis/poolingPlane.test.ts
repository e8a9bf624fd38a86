import assert from "node:assert/strict";
import { POOLING_STATISTICS, type Analysis } from "../../../src/analysis/analysis";
import { PoolingPlane, scaleOf } from "../../../src/analysis/poolingPlane";

const SMP = POOLING_STATISTICS.indexOf("smp");

/** An analysis as far as a plane of SMP reads it. @param rows [layers][K] */
function analysisOf(rows: readonly (readonly number[])[]): Analysis {
  const cells = rows.flat().flatMap((value) => POOLING_STATISTICS.map((_, index) => (index === SMP ? value : -1)));
  const segmentTokens = Uint32Array.from(rows[0] ?? [], () => 10);
  return { pooling: { layers: rows.length, values: Float32Array.from(cells) }, segmentTokens } as unknown as Analysis;
}

const planeOf = (rows: readonly (readonly number[])[]): PoolingPlane => new PoolingPlane(analysisOf(rows), SMP);

describe("A plane of a pooling statistic", () => {
  it("has the mean of any run of segments in each layer", () => {
    const plane = planeOf([
      [1, 2, 3, 4],
      [8, 6, 4, 2],
    ]);
    assert.equal(plane.mean(0, 0, 4), 2.5);
    assert.equal(plane.mean(0, 2, 3), 3);
    assert.equal(plane.mean(1, 1, 3), 5);
  });

  it("leaves out what is not known yet, and says when that is all", () => {
    const plane = planeOf([[1, NaN, 3, NaN, NaN]]);
    assert.equal(plane.mean(0, 0, 3), 2);
    assert.equal(plane.mean(0, 1, 2), NaN);
    assert.equal(plane.mean(0, 3, 5), NaN);
  });

  it("stays exact at the end of a document of 100,000 segments", () => {
    const row = Array.from({ length: 100_000 }, (_, segment) => (segment % 2 ? 1000 : 0.001));
    assert.ok(Math.abs(planeOf([row]).mean(0, 99_998, 99_999) - 0.001) < 1e-7);
  });

  it("has a scale that does not stretch for the rare outlier, and none without a known value", () => {
    const row = Array.from({ length: 400 }, (_, segment) => segment / 400);
    row[7] = 50;
    const { low, high } = scaleOf(planeOf([row]));
    assert.ok(low >= 0 && low < 0.05 && high > 0.95 && high <= 1, `${low} to ${high}`);
    assert.deepEqual(scaleOf(planeOf([[NaN, NaN]])), { low: 0, high: 0 });
  });
});
