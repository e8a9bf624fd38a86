import assert from "node:assert/strict";
import fc from "fast-check";
import { poolingTree, type PoolingTree } from "../../../src/ponet/poolingTree";

/** Each token's segment maximum: runs a tree over one channel, as the graph does over d. */
function segmentMaxima(tree: PoolingTree, values: readonly number[]): number[] {
  const stacked: number[] = [];
  let below: number[] = [...values];
  for (const { rows, width, table } of tree.levels) {
    below = Array.from({ length: rows }, (_, row) =>
      Math.max(...Array.from({ length: width }, (_, j) => below[table[row * width + j] ?? -1] ?? NaN)),
    );
    stacked.push(...below);
  }
  return Array.from(tree.indices, (index) => stacked[tree.rows[index] ?? -1] ?? NaN);
}

describe("the pooling tree", () => {
  it("gives every token its segment's maximum, for segments of any length and order", () => {
    const document = fc
      .array(fc.record({ id: fc.integer({ min: 0, max: 4 }), run: fc.integer({ min: 1, max: 3000 }) }), {
        minLength: 1,
        maxLength: 6,
      })
      .map((runs) => runs.flatMap(({ id, run }) => Array.from({ length: run }, () => id)));
    fc.assert(
      fc.property(document, fc.integer(), (ids, seed) => {
        const values = ids.map((_, i) => Math.sin(i * 12.9898 + seed));
        const tree = poolingTree(Int32Array.from(ids));
        const expected = new Map<number, number>();
        ids.forEach((id, i) => expected.set(id, Math.max(expected.get(id) ?? -Infinity, values[i] ?? NaN)));
        assert.deepEqual(
          segmentMaxima(tree, values),
          ids.map((id) => expected.get(id)),
        );
      }),
      { numRuns: 50 },
    );
  });

  it("lists the segments in the order in which they appear", () => {
    const tree = poolingTree(Int32Array.of(7, 7, 3, 7, 5));
    assert.deepEqual([...tree.segments], [7, 3, 5]);
    assert.deepEqual([...tree.indices], [0, 0, 1, 0, 2]);
  });

  it("does not grow with segments times the longest segment", () => {
    const ids = Int32Array.from({ length: 60_000 }, (_, i) => (i < 50_000 ? 0 : i));
    const tree = poolingTree(ids);
    const cells = tree.levels.reduce((sum, { table }) => sum + table.length, 0);
    assert.ok(cells < 4 * ids.length, `${cells} cells for ${ids.length} tokens`);
  });
});
