import type { Analysis, HeadAnalysis } from "../analysis";
import { lostWithout, type Explanation } from "../explanation";
import { poolingAt } from "../segmentFigures";
import { documentVerdict, segmentVerdict } from "../verdict";
import type { ExportInput } from "./input";

/**
 * An Analysis as the command line prints it, with what was left out where something was: one object a line, offsets in UTF-16
 * units. What a head does not say of a segment is null. It comes in pieces, a segment each: the whole of a long document is more
 * than a string can hold.
 * @param about whether a selection was read, why it is no longer what the document is, and what went without those segments
 * that were left out
 */
export function* analysisJson(
  file: string,
  analysis: Analysis,
  {
    isSelection = false,
    stale,
    explanations = [],
  }: Partial<Pick<ExportInput, "isSelection" | "stale" | "explanations">> = {},
): Generator<string, void, undefined> {
  const { model, modelKey, provider, segmentation, tokens, heads, bounds, segmentTokens, timings, peakRssMb } =
    analysis;
  const selection = isSelection ? { start: bounds[0], end: bounds.at(-1) } : undefined;
  const documentHeads = Object.fromEntries(heads.map((head) => [head.name, headToJson(head)]));
  const about = { file, selection, model, modelKey, provider, segmentation, tokens };
  const beginning = JSON.stringify({ ...about, heads: documentHeads });
  yield `${beginning.slice(0, -1)},"segments":[`;
  for (const segment of segmentTokens.keys()) {
    yield `${segment > 0 ? "," : ""}${JSON.stringify(segmentToJson(analysis, explanations, segment))}`;
  }
  yield `],${JSON.stringify({ timings, peakRssMb, stale }).slice(1)}\n`;
}

function segmentToJson(analysis: Analysis, explanations: readonly Explanation[], segment: number) {
  const { heads, bounds, segmentTokens } = analysis;
  return {
    start: bounds[segment],
    end: bounds[segment + 1],
    tokens: segmentTokens[segment],
    heads: Object.fromEntries(
      heads.map((head) => [
        head.name,
        { ...segmentHeadToJson(analysis, head, segment), lostWithout: lostToJson(explanations, head, segment) },
      ]),
    ),
    pooling: poolingToJson(analysis, segment),
  };
}

function headToJson(head: HeadAnalysis) {
  const { labels, scores, logits, threshold, doubt, temperature, segmentTemperature, contributionKind } = head;
  return {
    ...documentVerdict(head),
    threshold,
    doubt,
    temperature,
    segmentTemperature,
    contributionKind,
    labels: Object.fromEntries(labels.map((label, i) => [label, { score: scores[i], logit: logits[i] }])),
  };
}

function segmentHeadToJson(analysis: Analysis, head: HeadAnalysis, segment: number) {
  const { labels, contributions } = head;
  const from = segment * labels.length;
  return {
    ...(segmentVerdict(analysis, head, segment) ?? { label: null, score: null, sure: null }),
    contributions: Object.fromEntries(labels.map((label, i) => [label, contributions[from + i]])),
  };
}

/** Undefined where the segment was not left out. */
function lostToJson(explanations: readonly Explanation[], { name, labels }: HeadAnalysis, segment: number) {
  if (lostWithout(explanations, segment, name, 0) === undefined) return undefined;
  return Object.fromEntries(labels.map((label, i) => [label, lostWithout(explanations, segment, name, i)]));
}

function poolingToJson(analysis: Analysis, segment: number) {
  return Array.from({ length: analysis.pooling.layers }, (_, layer) => {
    const [ga, smp, lmp, ...pf] = poolingAt(analysis, layer, segment);
    return { ga, smp, lmp, pf };
  });
}
