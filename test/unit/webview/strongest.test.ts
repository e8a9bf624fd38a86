import assert from "node:assert/strict";
import { strongest } from "../../../webview/maps/strongest";

describe("The strongest segment of a run", () => {
  const values = Float32Array.of(9, 1, -3, 3, NaN, 2);

  it("is the one with the largest value, either way, and the first of equals", () => {
    assert.equal(strongest(values, [1, 4]), 2);
    assert.equal(strongest(values, [0, 6]), 0);
    assert.equal(strongest(values, [5, 6]), 5);
  });

  it("is not one whose value is not known while another's is", () => {
    assert.equal(strongest(values, [3, 5]), 3);
    assert.equal(strongest(values, [4, 6]), 5);
    assert.equal(strongest(values, [4, 5]), 4);
  });
});
