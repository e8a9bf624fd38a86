import type { Analysis, HeadAnalysis } from "../analysis";
import { poolingAt } from "../segmentFigures";
import { documentVerdict, segmentVerdict } from "../verdict";

/** An Analysis as the command line prints it: one object per file, offsets in UTF-16 units. */
export function analysisToJson(file: string, analysis: Analysis): Readonly<Record<string, unknown>> {
  const { model, provider, tokens, heads, bounds, segmentTokens, timings, peakRssMb } = analysis;
  return {
    file,
    model,
    provider,
    tokens,
    heads: Object.fromEntries(heads.map((head) => [head.name, headToJson(head)])),
    segments: Array.from(segmentTokens, (_, k) => ({
      start: bounds[k],
      end: bounds[k + 1],
      heads: Object.fromEntries(heads.map((head) => [head.name, segmentHeadToJson(analysis, head, k)])),
      pooling: poolingToJson(analysis, k),
    })),
    timings,
    peakRssMb,
  };
}

function headToJson(head: HeadAnalysis) {
  const { labels, scores, logits, threshold, temperature, segmentTemperature } = head;
  return {
    ...documentVerdict(head),
    threshold,
    temperature,
    segmentTemperature,
    labels: Object.fromEntries(labels.map((label, i) => [label, { score: scores[i], logit: logits[i] }])),
  };
}

function segmentHeadToJson(analysis: Analysis, head: HeadAnalysis, segment: number) {
  const { labels, contributions } = head;
  const from = segment * labels.length;
  return {
    ...segmentVerdict(analysis, head, segment),
    contributions: Object.fromEntries(labels.map((label, i) => [label, contributions[from + i]])),
  };
}

function poolingToJson(analysis: Analysis, segment: number) {
  return Array.from({ length: analysis.pooling.layers }, (_, layer) => {
    const [ga, smp, lmp, ...pf] = poolingAt(analysis, layer, segment);
    return { ga, smp, lmp, pf };
  });
}
