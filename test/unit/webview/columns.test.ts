import assert from "node:assert/strict";
import fc from "fast-check";
import { Columns } from "../../../webview/maps/columns";

/** A part of a document of 5,000 segments, and the pixels it is drawn in. */
const parts = fc
  .tuple(
    fc.integer({ min: 0, max: 4000 }),
    fc.double({ min: 1, max: 900, noNaN: true }),
    fc.integer({ min: 1, max: 3000 }),
  )
  .map(([from, width, count]) => new Columns(from + 0.37, from + 0.37 + width, count));

describe("The columns of the maps", () => {
  it("share a document's segments among them as evenly as can be", () => {
    const columns = new Columns(0, 10, 4);
    assert.deepEqual(
      [0, 1, 2, 3].map((column) => columns.segmentsOf(column)),
      [
        [0, 2],
        [2, 5],
        [5, 7],
        [7, 10],
      ],
    );
  });

  it("end with the part's last segment, however long the document", () => {
    assert.deepEqual(new Columns(499_999, 500_000, 2400).segmentsOf(2399), [499_999, 500_000]);
  });

  it("show a segment in several of them when there are fewer segments than pixels", () => {
    const columns = new Columns(4, 6, 6);
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5].map((column) => columns.segmentsOf(column)[0]),
      [4, 4, 4, 5, 5, 5],
    );
  });

  it("leave out no segment and name none twice, whatever the part and the width", () => {
    fc.assert(
      fc.property(parts, (columns) => {
        let next = Math.floor(columns.from);
        for (let column = 0; column < columns.count; column++) {
          const [first, end] = columns.segmentsOf(column);
          assert.ok(first === next || (first === next - 1 && end === next), `${first} after ${next}`);
          next = end;
        }
        assert.ok(next >= Math.floor(columns.to));
      }),
    );
  });

  it("are found again by the segments they show", () => {
    fc.assert(
      fc.property(parts, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (columns, share) => {
        const segment = columns.segmentsOf(columns.at(share))[0];
        const column = columns.of(segment);
        const [first, end] = columns.segmentsOf(column);
        assert.ok(first <= segment && segment < end, `${segment} in ${column}: ${first} to ${end}`);
      }),
    );
  });
});
