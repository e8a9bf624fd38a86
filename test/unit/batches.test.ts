import assert from "node:assert/strict";
import { batchesOf } from "../../src/batches";

describe("batches", () => {
  const batches = (sizes: readonly number[], most: number, items?: number) => [
    ...batchesOf(sizes, (size) => size, most, items),
  ];

  it("hold neighbours up to a size, and what is larger by itself", () => {
    assert.deepEqual(batches([3, 2, 1, 9, 5, 5], 6), [[3, 2, 1], [9], [5], [5]]);
    assert.deepEqual(batches([9], 6), [[9]]);
    assert.deepEqual(batches([], 6), []);
  });

  it("hold no more items than they may, however small these are", () => {
    assert.deepEqual(batches([1, 1, 1, 0, 0], 6, 2), [[1, 1], [1, 0], [0]]);
  });
});
