import assert from "node:assert/strict";
import { State } from "../../../src/ponet/state";

const WIDTH = 2;
const RANGES = [
  { start: 0, end: 2 },
  { start: 2, end: 3 },
  { start: 3, end: 6 },
];

/** Rows 1 to 6 of two equal values each. */
function numbered(): State {
  const state = new State(RANGES, WIDTH);
  for (const [chunk, { start, end }] of RANGES.entries()) {
    state.rows(chunk).set(Array.from({ length: (end - start) * WIDTH }, (_, i) => start + Math.floor(i / WIDTH) + 1));
  }
  return state;
}

describe("state", () => {
  it("gives each chunk the old rows around it, and zeros at either end, in every layer", async () => {
    const state = numbered();
    for (const [layer, sign] of [1, -1].entries()) {
      const seen: number[][] = [];
      for (const chunk of RANGES.keys()) {
        await state.replace(chunk, (rows) => {
          seen.push(Array.from(rows).filter((_, i) => i % WIDTH === 0));
          // What is written over the rows around it is of no chunk.
          rows.forEach((value, i) => (rows[i] = i < WIDTH || i >= rows.length - WIDTH ? 99 : -value));
          return Promise.resolve();
        });
      }
      const expected = [
        [0, 1, 2, 3],
        [2, 3, 4],
        [3, 4, 5, 6, 0],
      ];
      assert.deepEqual(
        seen,
        expected.map((rows) => rows.map((row) => (row === 0 ? 0 : sign * row))),
        `layer ${layer}`,
      );
    }
    for (const row of [0, 1, 2, 3, 4, 5]) assert.deepEqual([...state.row(row)], [row + 1, row + 1]);
  });

  it("has no array that is larger than a chunk and two rows", () => {
    const state = numbered();
    const bytes = RANGES.map((_, chunk) => state.rows(chunk).buffer.byteLength);
    assert.deepEqual(
      bytes,
      [4, 3, 5].map((rows) => rows * WIDTH * Float32Array.BYTES_PER_ELEMENT),
    );
  });
});
