import assert from "node:assert/strict";
import { named } from "../../../src/engine/providers/adapters";

describe("the machine's adapters by their names", () => {
  it("are software where none is a GPU", () => {
    for (const name of [
      "Microsoft Basic Render Driver",
      "Microsoft Basic Display Adapter",
      "Microsoft Hyper-V Video",
    ]) {
      assert.deepEqual(named([name]), { name, software: true });
    }
    assert.equal(named([]), undefined);
  });

  it("are the GPUs where there are any", () => {
    const gpu = "NVIDIA GeForce RTX 4070";
    assert.deepEqual(named(["Microsoft Remote Display Adapter", gpu]), { name: gpu, software: false });
    assert.deepEqual(named(["Apple M3"]), { name: "Apple M3", software: false });
  });
});
