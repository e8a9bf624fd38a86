import assert from "node:assert/strict";
import { headCell } from "../../../src/cli/headCell";

describe("A head in the table of the command line", () => {
  const cell = (score: number): string =>
    headCell({
      name: "kind",
      labels: ["rfc", "news"],
      scores: Float32Array.of(score, 1 - score),
      threshold: 0.6,
    });

  it("has its score rounded down where it is not sure and would read as the threshold", () => {
    assert.equal(cell(0.5972), "kind not sure (rfc 0.59)");
    assert.equal(cell(0.5672), "kind not sure (rfc 0.57)");
    assert.equal(cell(0.6), "kind rfc 0.60");
    assert.equal(cell(0.5972 + 0.1), "kind rfc 0.70");
  });
});
