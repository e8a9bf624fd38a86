import type { Analysis } from "../src/analysis/analysis";
import { count } from "../src/analysis/figures";
import { segmentCount } from "../src/analysis/segmentFigures";
import { element } from "./dom";
import { STATISTICS, statisticAt } from "../src/analysis/statistics";

/** A pooling map in figures: what is lowest, middling and highest in each layer; the highest reveals its segment. */
export function poolingTable(analysis: Analysis, statistic: number, reveal: (segment: number) => void): HTMLElement {
  const titles = ["Layer", "Lowest", "Median", "Highest", "In segment"];
  const head = element("tr", {}, ...titles.map((title) => element("th", { scope: "col" }, title)));
  const rows = Array.from({ length: analysis.pooling.layers }, (_, layer) =>
    tableRow(analysis, statistic, layer, reveal),
  );
  return element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
}

function tableRow(
  analysis: Analysis,
  statistic: number,
  layer: number,
  reveal: (segment: number) => void,
): HTMLElement {
  const values = Float32Array.from({ length: segmentCount(analysis) }, (_, segment) =>
    statisticAt(analysis, statistic, layer, segment),
  );
  const sorted = values.slice().sort();
  const highest = sorted.at(-1) ?? 0;
  const segment = values.indexOf(highest);
  const format = STATISTICS[statistic]?.format ?? String;
  const figures = [sorted[0] ?? 0, sorted[sorted.length >> 1] ?? 0, highest];
  const link = element("button", { class: "link" }, count(segment + 1));
  link.addEventListener("click", () => {
    reveal(segment);
  });
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, String(layer + 1)),
    ...figures.map((value) => element("td", { class: "figure" }, format(value))),
    element("td", { class: "figure" }, link),
  );
}
