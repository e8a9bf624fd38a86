import assert from "node:assert/strict";
import { POOLING_STATISTICS, type Analysis } from "../../../../src/analysis/analysis";
import { analysisJson } from "../../../../src/analysis/export/json";
import { scoresOf } from "../../../../src/analysis/scores";
import { sampleAnalysis, sampleHead } from "./sample";

/** A document of one segment, read by a head that scores it 0.25 to 0.75. */
function analysis(threshold?: number): Analysis {
  const logits = Float32Array.of(0, Math.log(3));
  return {
    model: "ponet-tiny",
    modelKey: "ponet-tiny@0123456789ab",
    provider: "cpu",
    trials: [],
    segmentation: "paragraph",
    tokens: 4,
    heads: [
      {
        name: "kind",
        labels: ["poetry", "rfc"],
        threshold,
        logits,
        scores: scoresOf(logits, 2),
        contributionKind: "additive",
        contributions: logits,
      },
    ],
    bounds: Uint32Array.of(0, 20),
    segmentTokens: Uint32Array.of(4),
    pooling: { layers: 1, values: new Float32Array(POOLING_STATISTICS.length) },
    timings: { segmentMs: 1, tokenizeMs: 1, inferMs: 1, totalMs: 3, tokensPerSecond: 1333 },
    peakRssMb: 100,
  };
}

/** What is printed of the head, for the document and for its segment. */
function printed(threshold?: number): { document: Record<string, unknown>; segment: Record<string, unknown> } {
  const { heads, segments } = JSON.parse([...analysisJson("a.txt", analysis(threshold))].join("")) as {
    heads: { kind: Record<string, unknown> };
    segments: [{ heads: { kind: Record<string, unknown> } }];
  };
  return { document: heads.kind, segment: segments[0].heads.kind };
}

describe("an analysis as JSON", () => {
  it("says of a head whether it is sure, and its threshold", () => {
    const { document, segment } = printed(0.8);
    assert.deepEqual([document.label, document.score, document.sure, document.threshold], ["rfc", 0.75, false, 0.8]);
    assert.deepEqual([segment.label, segment.score, segment.sure], ["rfc", 0.75, false]);
    assert.deepEqual([printed(0.7).document.sure, printed(0.7).segment.sure], [true, true]);
  });

  it("says how the document was read, and what its figures are to be taken by", () => {
    const head = { ...sampleHead(), contributionKind: "leave-one-out" } as const;
    const said = JSON.parse([...analysisJson("a.txt", sampleAnalysis(head))].join("")) as {
      modelKey: string;
      segmentation: string;
      heads: { kind: { contributionKind: string } };
      segments: { tokens: number }[];
    };
    assert.deepEqual([said.modelKey, said.segmentation], ["ponet-tiny@0123456789ab", "sentence"]);
    assert.equal(said.heads.kind.contributionKind, "leave-one-out");
    assert.deepEqual(
      said.segments.map(({ tokens }) => tokens),
      [2, 1, 1],
    );
  });

  it("says null of a segment of which a head has no verdict", () => {
    const pieces = analysisJson("a.txt", sampleAnalysis({ ...sampleHead(), contributionKind: "leave-one-out" }));
    const { segments } = JSON.parse([...pieces].join("")) as { segments: { heads: { kind: unknown } }[] };
    const contributions = { poetry: 0.5, rfc: -0.25 };
    assert.deepEqual(segments[0]?.heads.kind, { label: null, score: null, sure: null, contributions });
  });

  it("says why it is no longer what the document is, where it is not", () => {
    const said = (stale?: string): unknown => JSON.parse([...analysisJson("a.txt", analysis(), { stale })].join(""));
    assert.deepEqual(said("It was edited."), { ...Object(said()), stale: "It was edited." });
  });

  it("says what a head loses without a segment that was left out", () => {
    const explanations = [
      { segments: [1, 0], heads: [{ name: "kind", labels: ["poetry", "rfc"], lost: Float32Array.of(9, 8, 0.5, -2) }] },
    ];
    const { segments } = JSON.parse([...analysisJson("a.txt", analysis(), { explanations })].join("")) as {
      segments: [{ heads: { kind: Record<string, unknown> } }];
    };
    assert.deepEqual(segments[0].heads.kind.lostWithout, { poetry: 0.5, rfc: -2 });
    assert.ok(!("lostWithout" in printed().segment));
  });

  it("says which part of a document was selected", () => {
    const pieces = [...analysisJson("a.txt", sampleAnalysis(), { isSelection: true })];
    const { selection } = JSON.parse(pieces.join("")) as { selection: unknown };
    assert.deepEqual(selection, { start: 0, end: 10 });
  });

  it("says why a head is not sure, however high its score", () => {
    const head = { ...sampleHead(), doubt: "This does not seem to be English." };
    const said = JSON.parse([...analysisJson("a.txt", sampleAnalysis(head))].join("")) as {
      heads: { kind: { sure: boolean; doubt: string } };
    };
    assert.deepEqual([said.heads.kind.sure, said.heads.kind.doubt], [false, head.doubt]);
  });

  it("has no threshold where the card names none", () => {
    const { document } = printed();
    assert.equal(document.sure, true);
    assert.ok(!("threshold" in document));
  });
});
