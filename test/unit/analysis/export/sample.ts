import { POOLING_STATISTICS, type Analysis, type HeadAnalysis } from "../../../../src/analysis/analysis";
import { scoresOf } from "../../../../src/analysis/scores";

/** A head of two labels: three segments say 0.5 and -0.25, 1 and 0.75, and 0 of both. */
export function sampleHead(labels: readonly string[] = ["poetry", "rfc"]): HeadAnalysis {
  const logits = Float32Array.of(1.5, 0.5);
  return {
    name: "kind",
    labels,
    logits,
    scores: scoresOf(logits, 1),
    contributionKind: "additive",
    contributions: Float32Array.of(0.5, -0.25, 1, 0.75, 0, 0),
  };
}

/** An analysis of the text "One. Two. " in three segments and two layers; the statistics count up from 0 by 1/8. */
export function sampleAnalysis(head: HeadAnalysis = sampleHead()): Analysis {
  const layers = 2;
  const segmentTokens = Uint32Array.of(2, 1, 1);
  const cells = layers * segmentTokens.length * POOLING_STATISTICS.length;
  return {
    model: "ponet-tiny",
    modelKey: "ponet-tiny@0123456789ab",
    provider: "cpu",
    trials: [],
    segmentation: "sentence",
    tokens: 4,
    heads: [head],
    bounds: Uint32Array.of(0, 5, 9, 10),
    segmentTokens,
    pooling: { layers, values: Float32Array.from({ length: cells }, (_, i) => i / 8) },
    timings: { segmentMs: 1, tokenizeMs: 2, inferMs: 3, totalMs: 6, tokensPerSecond: 667 },
    peakRssMb: 100,
  };
}
