import assert from "node:assert/strict";
import { movedRange, type Edit, type Stretch } from "../../../src/readings/movedRange";

type Span = readonly [line: number, character: number, endLine: number, endCharacter: number];

const stretch = ([line, character, endLine, endCharacter]: Span): Stretch => ({
  start: { line, character },
  end: { line: endLine, character: endCharacter },
});
const edit = (range: Span, text: string): Edit => ({ range: stretch(range), text });

describe("A range after edits", () => {
  const range: Span = [2, 3, 4, 5];
  const cases: readonly [what: string, edits: readonly Edit[], expected: Span][] = [
    ["after it: stays", [edit([4, 6, 4, 7], "new\nlines")], range],
    ["a line above: moves down", [edit([0, 0, 0, 0], "line\n")], [3, 3, 5, 5]],
    ["lines above taken out: moves up", [edit([0, 2, 2, 0], "")], [0, 5, 2, 5]],
    ["before it in its line: moves right", [edit([2, 0, 2, 1], "abc")], [2, 5, 4, 5]],
    ["typed at its start: not part of it", [edit([2, 3, 2, 3], "abc")], [2, 6, 4, 5]],
    ["typed at its end: part of it", [edit([4, 5, 4, 5], "a\r\nbc")], [2, 3, 5, 2]],
    ["typed inside: grows", [edit([3, 0, 3, 0], "a\nb\n")], [2, 3, 6, 5]],
    ["its beginning replaced: the rest", [edit([1, 0, 3, 1], "xy")], [1, 2, 2, 5]],
    ["its end replaced: the rest and the replacement", [edit([4, 1, 6, 0], "xy")], [2, 3, 4, 3]],
    ["its first word replaced: the replacement too", [edit([2, 3, 2, 6], "other")], [2, 3, 4, 5]],
    ["all of it replaced: the replacement", [edit([2, 3, 4, 5], "a\nnew text")], [2, 3, 3, 8]],
    ["all of it taken out: empty", [edit([2, 3, 4, 5], "")], [2, 3, 2, 3]],
    [
      "more than it replaced, in as many lines: stays",
      [edit([0, 0, 5, 0], "a\r\nb\r\nand c\r\nd\r\nand e\r\n")],
      range,
    ],
    ["more than it replaced, in other lines: empty", [edit([1, 1, 5, 1], "a\nb")], [1, 1, 1, 1]],
    ["more than it replaced, by shorter lines: empty", [edit([1, 0, 5, 0], "\n\n\n\n")], [1, 0, 1, 0]],
    ["several edits: one after the other", [edit([3, 0, 3, 0], "b\n"), edit([0, 0, 0, 0], "a\n")], [3, 3, 6, 5]],
  ];
  it("of one line that is replaced with more of the line: empty", () => {
    for (const text of ["", "short", "a line that is longer than what was there"]) {
      assert.deepEqual(movedRange(stretch([0, 10, 0, 20]), [edit([0, 4, 0, 30], text)]), stretch([0, 4, 0, 4]));
    }
  });
  for (const [what, edits, expected] of cases) {
    it(what, () => {
      assert.deepEqual(movedRange(stretch(range), edits), stretch(expected));
    });
  }
});
