import type { Analysis, HeadAnalysis } from "../analysis";
import { counted, labelOf } from "../figures";
import { contribution, segmentCount } from "../segmentFigures";
import { STATISTICS, statisticAt } from "../statistics";
import { segmentVerdict } from "../verdict";
import { cellText } from "./csvRow";
import { decimal } from "./decimal";

/**
 * One segment's figures to be pasted: a line that says which it is, then tables whose columns are parted by tabs.
 * @param name The document's.
 * @param toldLabel The label of a head whose contribution is told.
 */
export function segmentTsv(
  name: string,
  analysis: Analysis,
  segment: number,
  toldLabel: (head: HeadAnalysis) => number,
): string {
  const tokens = analysis.segmentTokens[segment] ?? 0;
  const heads = analysis.heads.map((head) => {
    const verdict = segmentVerdict(analysis, head, segment);
    const told = toldLabel(head);
    return [
      head.name,
      ...(verdict ? [labelOf(verdict), decimal(verdict.score)] : ["", ""]),
      head.labels[told] ?? "",
      decimal(contribution(head, segment, told)),
    ];
  });
  const layers = Array.from({ length: analysis.pooling.layers }, (_, layer) => [
    String(layer + 1),
    ...STATISTICS.map((_, statistic) => decimal(Math.fround(statisticAt(analysis, statistic, layer, segment)))),
  ]);
  const lines = [
    [`${name}, segment ${segment + 1} of ${segmentCount(analysis)}, ${counted(tokens, "token")}`],
    ["Head", "Label", "Score", "Contribution to", "Contribution"],
    ...heads,
    ["Layer", ...STATISTICS.map(({ title }) => title)],
    ...layers,
  ];
  // Names may hold what parts cells and lines.
  const cell = (text: string): string => cellText(text).replace(/[\t\r\n]+/g, " ");
  return lines.map((line) => `${line.map(cell).join("\t")}\n`).join("");
}
