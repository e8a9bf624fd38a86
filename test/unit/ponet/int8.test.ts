import assert from "node:assert/strict";
import { narrowToInt8, widenInt8 } from "../../../src/ponet/int8";

describe("int8 weights", () => {
  it("come back as they were stored, if the largest of each row is 127", () => {
    const weights = Int8Array.of(127, -3, 0, 64, -127, 5);
    const narrow = narrowToInt8(widenInt8(weights, Float32Array.of(0.5, 0.001)), 2);
    assert.deepEqual(narrow.weights, weights);
    narrow.scales.forEach((scale, row) => {
      assert.ok(Math.abs(scale - ([0.5, 0.001][row] ?? NaN)) < 1e-7);
    });
  });

  for (const largest of [127, 64]) {
    it(`of at most ${largest} are off by no more than half of their row's step`, () => {
      const values = Float32Array.from({ length: 300 }, (_, i) => Math.sin(i * i) * (i < 100 ? 1 : 20));
      const { weights, scales } = narrowToInt8(values, 3, largest);
      assert.equal(
        weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0),
        largest,
      );
      widenInt8(weights, scales).forEach((value, i) => {
        assert.ok(Math.abs(value - (values[i] ?? NaN)) <= (scales[Math.floor(i / 100)] ?? NaN) * 0.5001);
      });
    });
  }

  it("of a row of zeros are zeros", () => {
    const { weights, scales } = narrowToInt8(new Float32Array(4), 2);
    assert.deepEqual(widenInt8(weights, scales), new Float32Array(4));
  });

  it("of a row with one that is no number are none", () => {
    const { weights, scales } = narrowToInt8(Float32Array.of(1, NaN, 2, 3), 2);
    assert.deepEqual([...widenInt8(weights, scales)].map(Number.isNaN), [true, true, false, false]);
  });
});
