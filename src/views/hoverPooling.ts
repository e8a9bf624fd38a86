import { POOLING_STATISTICS, type Analysis } from "../analysis/analysis";
import { percent } from "../analysis/figures";
import { poolingAt } from "../analysis/segmentFigures";
import { STATISTICS } from "../analysis/statistics";
import { pictureColours } from "./pictureColours";
import { poolingPicture } from "./poolingPicture";

/** Markdown of how one segment was pooled: a picture, and its figures as a table. */
export function poolingSection(analysis: Analysis, segment: number): string {
  // In base 64, for the parentheses of an SVG would end a Markdown link.
  const picture = Buffer.from(poolingPicture(analysis, segment, pictureColours())).toString("base64");
  return `![Pooling by layer; the figures follow](data:image/svg+xml;base64,${picture})\n\n${table(analysis, segment)}`;
}

function table(analysis: Analysis, segment: number): string {
  const layers = Array.from({ length: analysis.pooling.layers }, (_, layer) => poolingAt(analysis, layer, segment));
  const share = percent((analysis.segmentTokens[segment] ?? 0) / Math.max(1, analysis.tokens));
  const row = (name: string, what: string, show: (values: ArrayLike<number>) => string): string =>
    `| ${name} | ${show(mean(layers))} ${what} | &emsp;${layers.map(show).join(" · ")} |`;
  const at = (statistic: number) => (values: ArrayLike<number>) => percent(values[statistic] ?? 0);
  return [
    "| Pooling | Mean over layers | &emsp;Layer by layer |",
    "|:--|:--|:--|",
    row("GA", `of the attention on ${share} of the tokens`, at(0)),
    row("SMP", "of the channel maxima", at(1)),
    row("LMP", "of window maxima from a neighbour", at(2)),
    row("PF", "norms of G/S′/L", norms),
  ].join("\n");
}

function mean(layers: readonly Float32Array[]): number[] {
  return POOLING_STATISTICS.map(
    (_, statistic) => layers.reduce((sum, values) => sum + (values[statistic] ?? 0), 0) / layers.length,
  );
}

function norms(values: ArrayLike<number>): string {
  return [3, 4, 5].map((statistic) => STATISTICS[statistic]?.format(values[statistic] ?? 0)).join("/");
}
