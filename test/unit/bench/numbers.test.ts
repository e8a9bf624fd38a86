import assert from "node:assert/strict";
import { numbers } from "../../../bench/numbers";
import { UserError } from "../../../src/errors";

describe("The numbers of a benchmark", () => {
  it("are whole and from 1 on, else it says how it is used", () => {
    assert.deepEqual(numbers([], "maps [SEGMENTS LAYERS]"), []);
    assert.deepEqual(numbers(["1000", "12"], "maps [SEGMENTS LAYERS]"), [1000, 12]);
    for (const wrong of ["1e5x", "0", "-3", "1.5", ""]) {
      assert.throws(
        () => numbers(["2", wrong], "maps [SEGMENTS LAYERS]"),
        (error: Error) => {
          assert.match(error.message, /^".*" is no whole number.*\nusage: npm run bench -- maps \[SEGMENTS LAYERS\]$/);
          return error instanceof UserError;
        },
      );
    }
  });
});
