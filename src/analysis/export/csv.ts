import { POOLING_STATISTICS, type Analysis, type HeadAnalysis } from "../analysis";
import { poolingAt, segmentCount } from "../segmentFigures";
import { segmentVerdict } from "../verdict";
import { BYTE_ORDER_MARK, csvRow } from "./csvRow";
import { decimal } from "./decimal";

/**
 * The segments as CSV by RFC 4180 after a byte order mark, one row each: place, verdict and contributions of one head, and the
 * pooling maps' figures layer by layer. Offsets are UTF-16 units.
 */
export function* segmentsCsv(analysis: Analysis, head: HeadAnalysis): Generator<string, void, undefined> {
  yield BYTE_ORDER_MARK;
  yield csvRow(headings(analysis, head));
  for (let segment = 0; segment < segmentCount(analysis); segment++) yield csvRow(rowOf(analysis, head, segment));
}

function headings({ pooling }: Analysis, { name, labels }: HeadAnalysis): string[] {
  const layers = Array.from({ length: pooling.layers }, (_, layer) => layer + 1);
  return [
    ...["segment", "start", "end", "tokens", name, "score", "sure"],
    ...labels.map((label) => `contribution to ${label}`),
    ...layers.flatMap((layer) => POOLING_STATISTICS.map((statistic) => `${statistic} of layer ${layer}`)),
  ];
}

function rowOf(analysis: Analysis, head: HeadAnalysis, segment: number): string[] {
  const { bounds, segmentTokens, pooling } = analysis;
  const [start = 0, end = start] = bounds.subarray(segment, segment + 2);
  const tokens = segmentTokens[segment] ?? 0;
  const verdict = segmentVerdict(analysis, head, segment);
  const width = head.labels.length;
  const contributions = head.contributions.subarray(segment * width, (segment + 1) * width);
  const layers = Array.from({ length: pooling.layers }, (_, layer) => layer);
  return [
    ...[segment + 1, start, end, tokens].map(String),
    ...(verdict ? [verdict.label, decimal(verdict.score), String(verdict.sure)] : ["", "", ""]),
    ...Array.from(contributions, decimal),
    ...layers.flatMap((layer) => Array.from(poolingAt(analysis, layer, segment), decimal)),
  ];
}
