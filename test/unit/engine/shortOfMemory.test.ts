import assert from "node:assert/strict";
import { isShortOfMemory } from "../../../src/engine/shortOfMemory";

describe("a want of memory", () => {
  it("is told from other failures", () => {
    assert.throws(() => new Float32Array(2 ** 52), isShortOfMemory);
    assert.throws(() => new ArrayBuffer(2 ** 45), isShortOfMemory);
    for (const words of ["std::bad_alloc", "bad allocation"]) assert.ok(isShortOfMemory(new Error(words)));
    assert.ok(!isShortOfMemory(new RangeError("Maximum call stack size exceeded")));
    assert.ok(!isShortOfMemory(new Error("the device is lost")));
  });
});
