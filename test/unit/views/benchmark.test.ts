import assert from "node:assert/strict";
import { parseFromBenchmark } from "../../../src/views/benchmark/messages";

describe("Messages from the page of a benchmark", () => {
  for (const type of ["ready", "copy", "export"]) {
    it(`"${type}" is taken, without what else it says`, () => {
      assert.deepEqual(parseFromBenchmark({ type, command: "evil" }), { type });
    });
  }

  for (const message of [undefined, null, "copy", ["copy"], {}, { type: "run" }, { type: ["copy"] }]) {
    it(`${JSON.stringify(message ?? null)} is refused`, () => {
      assert.equal(parseFromBenchmark(message), undefined);
    });
  }
});
