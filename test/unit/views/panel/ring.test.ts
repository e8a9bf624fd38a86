import assert from "node:assert/strict";
import { Ring } from "../../../../src/views/panel/ring";

describe("A ring", () => {
  it("keeps the last of many values, by the numbers they have always had", () => {
    const ring = new Ring<number>(100);
    for (let i = 0; i < 1000; i++) {
      ring.push(i);
      assert.equal(ring.count, i + 1);
      assert.deepEqual(ring.since(i), [i]);
      assert.equal(ring.since(0).at(-1), i);
      assert.ok(ring.since(0).length >= Math.min(i + 1, 100));
      assert.ok(ring.since(0).length <= 125);
    }
    assert.deepEqual(ring.since(997), [997, 998, 999]);
    assert.deepEqual(ring.since(1000), []);
  });
});
