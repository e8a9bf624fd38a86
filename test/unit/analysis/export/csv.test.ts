import assert from "node:assert/strict";
import { segmentsCsv } from "../../../../src/analysis/export/csv";
import { decimal } from "../../../../src/analysis/export/decimal";
import { sampleAnalysis, sampleHead } from "./sample";

/** The fields of a CSV after its byte order mark, read by RFC 4180. */
function parse(pieces: Iterable<string>): string[][] {
  const [mark, ...lines] = pieces;
  assert.equal(mark, "\ufeff");
  const csv = lines.join("");
  assert.ok(csv.endsWith("\r\n"));
  const fields = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g;
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(fields)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

describe("segments as CSV", () => {
  it("have a row each, with the head's figures and those of the pooling", () => {
    const [titles, first, second, third] = parse(segmentsCsv(sampleAnalysis(), sampleHead()));
    assert.deepEqual(titles?.slice(0, 10), [
      ...["segment", "start", "end", "tokens", "kind", "score", "sure"],
      ...["contribution to poetry", "contribution to rfc", "ga of layer 1"],
    ]);
    assert.equal(titles.at(-1), "pfLocal of layer 2");
    assert.deepEqual(first?.slice(0, 5), ["1", "0", "5", "2", "poetry"]);
    assert.deepEqual(second?.slice(7, 10), ["1", "0.75", "0.75"]);
    assert.deepEqual(third?.slice(0, 9), ["3", "9", "10", "1", "poetry", "0.5", "true", "0", "0"]);
    assert.deepEqual(
      [titles, first, second, third].map((row) => row.length),
      [21, 21, 21, 21],
    );
    // Of layer 2, segment 2, the last statistic: (1 * 3 + 1) * 6 + 5 = 29 eighths.
    assert.equal(second.at(-1), "3.625");
  });

  it("have no verdict of a head that has none of segments", () => {
    const head = { ...sampleHead(), contributionKind: "leave-one-out" } as const;
    const [, first] = parse(segmentsCsv(sampleAnalysis(head), head));
    assert.deepEqual(first?.slice(0, 9), ["1", "0", "5", "2", "", "", "", "0.5", "-0.25"]);
  });

  it("keep a spreadsheet from taking a label for a formula, and leave numbers numbers", () => {
    for (const sign of "=+-@\t\r\n") {
      const label = `${sign}HYPERLINK("http://a")`;
      const [titles, first] = parse(segmentsCsv(sampleAnalysis(), sampleHead([label, "-1"])));
      assert.equal(titles?.[7], `contribution to ${label}`);
      assert.equal(first?.[4], `'${label}`);
      assert.equal(first[8], "-0.25");
    }
  });

  it("keep a spreadsheet from it where semicolons, tabs or ends of lines part its cells", () => {
    for (const separator of ";\t\n") {
      for (const formula of ["=cmd()", "+1", "-1", "@sum(1)", '"=cmd()"']) {
        const [, first] = parse(segmentsCsv(sampleAnalysis(), sampleHead([`a${separator}${formula}`, "b; c"])));
        assert.equal(first?.[4], `a${separator}'${formula}`);
      }
    }
    assert.equal(parse(segmentsCsv(sampleAnalysis(), sampleHead(["a", "b; c-d"])))[0]?.[8], "contribution to b; c-d");
  });

  it("quote what holds quotes, commas or line breaks", () => {
    for (const labels of [
      ['say "hi"', "now, or later"],
      ["two\nlines", "two\rlines"],
    ]) {
      const [titles] = parse(segmentsCsv(sampleAnalysis(), sampleHead(labels)));
      assert.deepEqual(
        titles?.slice(7, 9),
        labels.map((label) => `contribution to ${label}`),
      );
    }
  });

  it("have the fewest digits that read back as the same float", () => {
    for (const value of [0.1, 1 / 3, -2.5e-7, 123456.789, 0, 3e38].map(Math.fround)) {
      assert.equal(Math.fround(Number(decimal(value))), value);
    }
    assert.equal(decimal(Math.fround(0.1)), "0.1");
    assert.equal(decimal(NaN), "");
  });
});
