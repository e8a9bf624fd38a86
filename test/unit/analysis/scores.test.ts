import assert from "node:assert/strict";
import { scoresOf } from "../../../src/analysis/scores";

/** Logits whose softmax is 0.25 and 0.75. */
const LOGITS = Float32Array.of(0, Math.log(3));
const TEMPERATURE = { longest: 256, atLongest: 0.5, byLength: 0.5, byDeviation: 0 };

/** The temperature at which the scores of LOGITS are these. */
function temperatureOf([first = NaN, second = NaN]: Float32Array): number {
  return Number((Math.log(3) / Math.log(second / first)).toFixed(5));
}

describe("scores", () => {
  it("are the softmax of the logits where the card names no temperature", () => {
    assert.deepEqual([...scoresOf(LOGITS, 10)], [0.25, 0.75]);
  });

  it("of few tokens are further from sure", () => {
    const temperatures = [256, 64, 16].map((tokens) => temperatureOf(scoresOf(LOGITS, tokens, TEMPERATURE)));
    assert.deepEqual(temperatures, [0.5, 1, 2]);
  });

  it("of more tokens than the calibration has seen are no surer", () => {
    assert.equal(temperatureOf(scoresOf(LOGITS, 1_000_000, TEMPERATURE)), 0.5);
  });

  it("of logits far apart are less sure than of one temperature, those of logits close together more", () => {
    // The standard deviation of two logits is half of what is between them.
    const temperatures = [0.25, 1, 2, 8].map((apart) => {
      const [first = NaN, second = NaN] = scoresOf(Float32Array.of(-apart, apart), 256, {
        ...TEMPERATURE,
        byDeviation: 0.5,
      });
      return Number(((2 * apart) / Math.log(second / first)).toFixed(4));
    });
    assert.deepEqual(temperatures, [0.25, 0.5, 0.7071, 1.4142]);
  });

  it("of logits that are all alike are alike", () => {
    const scores = scoresOf(Float32Array.of(3, 3, 3, 3), 256, { ...TEMPERATURE, byDeviation: 1 });
    assert.deepEqual([...scores], [0.25, 0.25, 0.25, 0.25]);
  });

  it("of large logits do not overflow, and those of a text without tokens are not known", () => {
    assert.deepEqual([...scoresOf(Float32Array.of(-1000, 1000), 256, TEMPERATURE)], [0, 1]);
    assert.ok(scoresOf(Float32Array.of(NaN, NaN), 0, TEMPERATURE).every(Number.isNaN));
  });
});
