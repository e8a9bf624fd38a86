import assert from "node:assert/strict";
import {
  counted,
  duration,
  labelOf,
  percent,
  scoreOf,
  signed,
  timeLeft,
  times,
  tokensPerSecond,
} from "../../../src/analysis/figures";
import { byStrength, highest, segmentAt } from "../../../src/analysis/segmentFigures";

describe("Figures", () => {
  it("the segment of an offset is the one that holds it, with its first character and without its end", () => {
    const bounds = Uint32Array.of(10, 14, 15, 40);
    const found = [9, 10, 13, 14, 15, 39, 40].map((offset) => segmentAt(bounds, offset));
    assert.deepEqual(found, [undefined, 0, 0, 1, 2, 2, undefined]);
    assert.equal(segmentAt(Uint32Array.of(0), 0), undefined);
  });

  it("the strongest segment comes first, whether it is for or against, and of equals the first", () => {
    assert.deepEqual([...byStrength(Float32Array.of(1, -2, 2, 0, -1))], [1, 2, 0, 4, 3]);
  });

  it("the strongest of a part of some values are that part's, and those that are not known come last", () => {
    const values = Float32Array.of(9, NaN, 1e-40, -0, Infinity, -3e38, 0, NaN).subarray(1);
    assert.deepEqual([...byStrength(values)], [3, 4, 1, 2, 5, 0, 6]);
  });

  it("the highest are those above zero that are known, or those below it, and no more than asked for", () => {
    const values = Float32Array.of(1, -2, 3, NaN, 0, 2, -1);
    assert.deepEqual(highest(values, 1, 2), [2, 5]);
    assert.deepEqual(highest(values, -1, 3), [1, 6]);
  });

  it("shares are percentages with a decimal while they are small", () => {
    assert.deepEqual([0, 0.0004, 0.012, 0.0996, 0.93, 1].map(percent), ["0%", "<0.1%", "1.2%", "10%", "93%", "100%"]);
  });

  it("contributions have a sign, and as many decimals as the largest beside them", () => {
    assert.deepEqual(
      [0.29134, -0.0061, 0].map((value) => signed(value, 0.29134)),
      ["+0.291", "−0.006", "0.000"],
    );
    assert.equal(signed(5.1512), "+5.15");
    assert.equal(signed(-123.4), "−123");
  });

  it("a verdict that is not sure is a guess, and its score stands against the threshold", () => {
    const verdicts = [true, false].map((sure) => ({ label: "rfc", score: 0.31, sure }));
    assert.deepEqual(verdicts.map(labelOf), ["rfc", "not sure: rfc?"]);
    assert.deepEqual(
      verdicts.map((verdict) => scoreOf(verdict, { threshold: verdict.sure ? 0.3 : 0.6 })),
      ["31%", "31%, below the threshold of 60%"],
    );
  });

  it("a score just below the threshold reads as such", () => {
    const told = (score: number, threshold: number) => scoreOf({ label: "rfc", score, sure: false }, { threshold });
    assert.deepEqual(
      [0.5951, 0.597, Math.fround(0.5999), 0.59999].map((score) => told(score, 0.6)),
      ["59.5%", "59.7%", "59.9%", "59.9%"].map((score) => `${score}, below the threshold of 60%`),
    );
    // Nothing is below it of a text that no score counts for.
    assert.equal(told(0.6, 0.6), "60%");
    assert.equal(told(0.6035, 0.604), "60.3%, below the threshold of 60.4%");
    assert.equal(told(0.049_99, 0.05), "4.9%, below the threshold of 5%");
  });

  it("durations and counts read naturally", () => {
    assert.deepEqual([0.2, 14, 1203, 65_400, 300_000].map(duration), ["<1 ms", "14 ms", "1.2 s", "65 s", "5 min"]);
    assert.deepEqual([999.4, 999.7, 9960, 119_700].map(duration), ["999 ms", "1.0 s", "10 s", "2 min"]);
    assert.deepEqual([400, 61_000, 5_400_000].map(timeLeft), ["1 s left", "2 min left", "1.5 h left"]);
    assert.deepEqual([counted(1, "segment"), counted(20_000, "segment")], ["1 segment", "20,000 segments"]);
    assert.deepEqual([1.256, 2].map(times), ["1.26×", "2.00×"]);
  });

  it("there is no speed where no time was measured", () => {
    assert.deepEqual([tokensPerSecond(30, 20), tokensPerSecond(30, 0)], [1500, undefined]);
  });
});
