import assert from "node:assert/strict";
import { placeIn, scaleOf, scaleOfBoth } from "../../../src/analysis/scale";

describe("A colour scale", () => {
  it("leaves a part of the values beyond either end", () => {
    const values = Float32Array.from({ length: 100 }, (_, place) => 99 - place);
    assert.deepEqual(scaleOf(values, 0, 0), { low: 0, high: 99 });
    assert.deepEqual(scaleOf(values, 0.01, 0.05), { low: 1, high: 94 });
    assert.deepEqual(scaleOf(Float64Array.of(3, 1, 2), 0.05, 0.05), { low: 1, high: 3 });
  });

  it("takes no notice of what is not known yet", () => {
    assert.deepEqual(scaleOf(Float32Array.of(NaN, 2, NaN, 1), 0, 0), { low: 1, high: 2 });
    assert.deepEqual(scaleOf(Float32Array.of(NaN), 0.01, 0.01), { low: NaN, high: NaN });
  });

  it("gives what lies beyond it the place of its end, and a single value the middle", () => {
    assert.deepEqual(
      [0, 1, 2, 9].map((value) => placeIn({ low: 1, high: 3 }, value)),
      [0, 0, 0.5, 1],
    );
    assert.equal(placeIn({ low: 2, high: 2 }, 2), 0.5);
  });

  it("that two share holds those of both", () => {
    assert.deepEqual(scaleOfBoth({ low: 1, high: 3 }, { low: -1, high: 2 }), { low: -1, high: 3 });
  });
});
