import assert from "node:assert/strict";
import { POOLING_STATISTICS, type Analysis } from "../../../src/analysis/analysis";
import { PoolingMeans } from "../../../src/analysis/poolingMeans";
import { statisticAt } from "../../../src/analysis/statistics";

const SMP = POOLING_STATISTICS.indexOf("smp");

/** An analysis as far as means of SMP read it. @param rows [layers][K] */
function analysisOf(rows: readonly (readonly number[])[]): Analysis {
  const cells = rows.flat().flatMap((value) => POOLING_STATISTICS.map((_, index) => (index === SMP ? value : -1)));
  const segmentTokens = Uint32Array.from(rows[0] ?? [], () => 10);
  const pooling = { layers: rows.length, values: Float32Array.from(cells) };
  return { tokens: 10 * segmentTokens.length, pooling, segmentTokens } as unknown as Analysis;
}

const meansOf = (rows: readonly (readonly number[])[]): PoolingMeans => new PoolingMeans(analysisOf(rows));

describe("The means of the pooling statistics", () => {
  it("are those of any run of segments in each layer", () => {
    const means = meansOf([
      [1, 2, 3, 4],
      [8, 6, 4, 2],
    ]);
    assert.equal(means.mean(SMP, 0, 0, 4), 2.5);
    assert.equal(means.mean(SMP, 0, 2, 3), 3);
    assert.equal(means.mean(SMP, 1, 1, 3), 5);
  });

  it("are the same however the run lies to the blocks that are added up beforehand", () => {
    const row = Array.from({ length: 100 }, (_, segment) => (segment % 7 === 3 ? NaN : segment * segment));
    const means = meansOf([row, row.toReversed()]);
    for (let first = 0; first < 100; first++) {
      for (let end = first + 1; end <= 100; end++) {
        const known = row.slice(first, end).filter((value) => !Number.isNaN(value));
        const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
        assert.ok(Object.is(means.mean(SMP, 0, first, end), mean), `${first} to ${end}`);
        assert.ok(Object.is(means.mean(SMP, 1, 100 - end, 100 - first), mean), `${first} to ${end}, from behind`);
      }
    }
  });

  it("are those of every statistic, for the columns of all maps at once", () => {
    const [layers, segments, width] = [2, 200, POOLING_STATISTICS.length];
    const values = Float32Array.from({ length: layers * segments * width }, (_, place) =>
      Math.floor(place / width) % 11 === 5 ? NaN : Math.sin(place) ** 2,
    );
    const segmentTokens = Uint32Array.from({ length: segments }, (_, segment) => 1 + (segment % 7));
    const analysis = { tokens: 790, segmentTokens, pooling: { layers, values } } as unknown as Analysis;
    const [firsts, ends] = [Uint32Array.of(0, 3, 50, 104), Uint32Array.of(3, 50, 51, 200)];
    const cells = new PoolingMeans(analysis).cells(firsts, ends);
    assert.equal(cells.length, width * layers * firsts.length);
    cells.forEach((cell, place) => {
      const column = place % firsts.length;
      const [layer, statistic] = [
        Math.floor(place / firsts.length) % layers,
        Math.floor(place / firsts.length / layers),
      ];
      const known: number[] = [];
      for (let segment = firsts[column] ?? 0; segment < (ends[column] ?? 0); segment++) {
        const value = statisticAt(analysis, statistic, layer, segment);
        if (!Number.isNaN(value)) known.push(value);
      }
      const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
      assert.ok(Math.abs(cell - mean) < 1e-6 * mean, `${statistic}, ${layer}, ${column}: ${cell} for ${mean}`);
    });
  });

  it("leave out what is not known yet, and say when that is all", () => {
    const means = meansOf([[1, NaN, 3, NaN, NaN]]);
    assert.equal(means.mean(SMP, 0, 0, 3), 2);
    assert.equal(means.mean(SMP, 0, 1, 2), NaN);
    assert.equal(means.mean(SMP, 0, 3, 5), NaN);
  });

  it("stay exact at the end of a document of 100,000 segments", () => {
    const row = Array.from({ length: 100_000 }, (_, segment) => (segment % 2 ? 1000 : 0.001));
    assert.ok(Math.abs(meansOf([row]).mean(SMP, 0, 99_998, 99_999) - 0.001) < 1e-7);
  });

  it("have a scale that does not stretch for the rare outlier, and none without a known value", () => {
    const row = Array.from({ length: 400 }, (_, segment) => segment / 400);
    row[7] = 50;
    const { low, high } = meansOf([row]).scale(SMP);
    assert.ok(low >= 0 && low < 0.05 && high > 0.95 && high <= 1, `${low} to ${high}`);
    assert.deepEqual(meansOf([[NaN, NaN]]).scale(SMP), { low: NaN, high: NaN });
  });
});
