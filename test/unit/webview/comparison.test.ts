import assert from "node:assert/strict";
import fc from "fast-check";
import type { HeadAnalysis } from "../../../src/analysis/analysis";
import type { Comparison, Side } from "../../../src/views/comparison/protocol";
import { axisOf } from "../../../webview/comparison/axisOf";
import { firstLabel, pairedHeads, pairedLabel, type PairedLabel } from "../../../webview/comparison/pairedHead";

const NO_HEAD = { labels: ["yes"], contributions: [] };

/** A head as far as comparisons read it. @param scores By label. */
function headOf(name: string, scores: Readonly<Record<string, number>>): HeadAnalysis {
  return {
    name,
    labels: Object.keys(scores),
    scores: Float32Array.from(Object.values(scores)),
  } as unknown as HeadAnalysis;
}

/** A side as far as comparisons read it. */
function sideOf(bounds: readonly number[], heads: readonly HeadAnalysis[] = []): Side {
  const segmentTokens = new Uint32Array(bounds.length - 1);
  return { title: "", analysis: { bounds: Uint32Array.from(bounds), segmentTokens, heads } } as unknown as Side;
}

function comparison(of: Comparison["of"], ...sides: [Side, Side]): Comparison {
  return { of, common: "", sides };
}

/** One label with these contributions on either side. */
function labelOf(...contributions: [readonly number[], readonly number[]]): PairedLabel {
  const [first, second] = contributions.map((values) => ({ ...NO_HEAD, contributions: Float32Array.from(values) }));
  return { name: "yes", heads: [first, second] } as unknown as PairedLabel;
}

describe("The axis of a comparison", () => {
  it("is the segments where two models have the same, and the share of the text where they have not", () => {
    const [three, two] = [sideOf([0, 10, 20, 30]), sideOf([0, 10, 30])];
    const same = axisOf(comparison("models", three, three));
    assert.equal(same.places, 3);
    assert.equal(same.nameOf(1), "2");
    assert.deepEqual(same.runAt(1, 1), [1, 2]);
    assert.deepEqual([...same.valuesOf(1, labelOf([1, 2, 3], [4, 5, 6]))], [4, 5, 6]);
    const share = axisOf(comparison("models", three, two));
    assert.equal(share.places, 20);
    assert.equal(share.nameOf(7), "35–40%");
    assert.deepEqual(share.told, [0]);
  });

  it("is the share of each document, even where two are cut alike", () => {
    const axis = axisOf(comparison("documents", sideOf([0, 10, 20]), sideOf([0, 10, 20])));
    assert.equal(axis.places, 20);
    assert.deepEqual(axis.told, [0, 1]);
  });

  it("has the same segments at a place, in its columns and in its values", () => {
    // The second document is a selection, which begins behind the first 100 characters.
    const axis = axisOf(comparison("documents", sideOf([0, 75, 100]), sideOf([100, 120, 300])));
    assert.deepEqual(axis.runAt(0, 14), [0, 1]);
    assert.deepEqual(axis.runAt(0, 15), [1, 2]);
    assert.deepEqual(axis.runAt(1, 1), [0, 1]);
    assert.deepEqual(axis.runAt(1, 2), [1, 2]);
    const values = axis.valuesOf(0, labelOf([15, -5], [0, 0]));
    assert.ok(values.subarray(0, 15).every((value) => Math.abs(value - 1) < 1e-6));
    assert.ok(values.subarray(15).every((value) => Math.abs(value + 1) < 1e-6));
    const { first, end } = axis.cut(0, 0, axis.length, 8);
    assert.deepEqual([...first], [0, 0, 0, 0, 0, 0, 1, 1]);
    assert.deepEqual([...end], [1, 1, 1, 1, 1, 1, 2, 2]);
  });

  it("is as long as the side that is cut more finely, and each side's segments lie on it where they are in the text", () => {
    const axis = axisOf(comparison("documents", sideOf([0, 75, 100]), sideOf([100, 120, 140, 150, 300])));
    assert.equal(axis.length, 4);
    assert.deepEqual(
      [0, 1, 2].map((segment) => axis.startOf(0, segment)),
      [0, 3, 4],
    );
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((segment) => axis.startOf(1, segment)),
      [0, 0.4, 0.8, 1, 4],
    );
    const { first, end } = axis.cut(1, axis.startOf(1, 1), axis.startOf(1, 3), 3);
    assert.deepEqual([...first], [1, 1, 2]);
    assert.deepEqual([...end], [2, 2, 3]);
  });

  it("has its last segment in a column, wherever it is zoomed in to", () => {
    const segments = sideOf(Array.from({ length: 1957 }, (_, k) => k));
    const axis = axisOf(comparison("documents", segments, segments));
    assert.equal(axis.cut(0, 2.27e-13, 1956, 70).end.at(-1), 1956);
  });

  it("is marked with as many round numbers as there is room for", () => {
    const many = sideOf(Array.from({ length: 58 }, (_, segment) => segment * 10));
    const texts = (of: Comparison["of"], most: number, from = 0, to = 57): string[] =>
      axisOf(comparison(of, many, many))
        .ticks(from, to, most)
        .map(({ text }) => text);
    assert.deepEqual(texts("models", 6), ["1", "10", "20", "30", "40", "50"]);
    assert.deepEqual(texts("models", 6, 12, 20), ["14", "16", "18", "20"]);
    assert.deepEqual(texts("documents", 6), ["20%", "40%", "60%", "80%"]);
    assert.deepEqual(texts("documents", 2), ["50%"]);
    assert.deepEqual(texts("documents", 3, 57 * 0.312, 57 * 0.334), ["32%", "33%"]);
    assert.deepEqual(texts("documents", 3, 57 * 0.312, 57 * 0.314), ["31.3%"]);
  });

  it("loses nothing of the contributions, however a document is cut", () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 300 }), (parts, columns) => {
        const bounds = parts.reduce<number[]>((sums, length) => [...sums, (sums.at(-1) ?? 0) + length], [0]);
        const axis = axisOf(comparison("documents", sideOf(bounds), sideOf([0, 1])));
        const contributions = parts.map((length, segment) => (segment % 2 ? -length : 2 * length));
        const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
        const values = axis.valuesOf(0, labelOf(contributions, [1]));
        assert.ok(Math.abs(sum(values) - sum(contributions)) < 1e-3 * sum(parts));
        const { first, end } = axis.cut(0, 0, axis.length, columns);
        for (let column = 0; column < columns; column++) {
          assert.ok((first[column] ?? 0) < (end[column] ?? 0) && (end[column] ?? 0) <= parts.length);
          if (column > 0) assert.ok((first[column] ?? 0) <= (end[column - 1] ?? 0));
        }
        assert.equal(first[0], 0);
        assert.equal(end[columns - 1], parts.length);
      }),
    );
  });
});

describe("The heads of a comparison", () => {
  const kind = headOf("kind", { rfc: 0.2, drama: 0.7, fiction: 0.1 });
  const other = headOf("kind", { fiction: 0.9, drama: 0.05, news: 0.05 });
  const topic = headOf("topic", { sport: 1 });

  it("are those of either side, their labels by the higher of both scores", () => {
    const [first, second] = pairedHeads(comparison("models", sideOf([0, 1], [kind]), sideOf([0, 1], [topic, other])));
    assert.deepEqual(first?.labels, ["fiction", "drama", "rfc", "news"]);
    assert.deepEqual(first.sides, [kind, other]);
    assert.deepEqual(second?.sides, [undefined, topic]);
  });

  it("pair the labels that both have, the first side's best one first if it is among them", () => {
    const heads = pairedHeads(comparison("models", sideOf([0, 1], [topic, kind]), sideOf([0, 1], [other])));
    assert.equal(firstLabel(heads)?.name, "drama");
    assert.deepEqual(
      heads.map((head) => ["rfc", "fiction", "sport"].filter((label) => pairedLabel(head, label))),
      [[], ["fiction"]],
    );
    assert.equal(firstLabel(heads.slice(0, 1)), undefined);
  });
});
