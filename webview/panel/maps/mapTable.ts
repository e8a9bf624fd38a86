import { POOLING_STATISTICS } from "../../../src/analysis/analysis";
import { count } from "../../../src/analysis/figures";
import { STATISTICS, statisticAt } from "../../../src/analysis/statistics";
import { element, headings } from "../../dom";
import { FigureTable } from "../../maps/figureTable";
import type { ContributionStrip } from "../../maps/strip";
import type { Zoom } from "../../maps/zoom";
import type { View } from "../../view";
import { readKnobs, turnKnobs } from "../knobs";

/** What the maps show, in figures: the segments in sight; a segment's number reveals it. */
export class MapTable {
  private readonly table: FigureTable;
  private view: View | undefined;
  /** What the rows that there are were made for. */
  private made = "";

  constructor(
    zoom: Zoom,
    private readonly strip: ContributionStrip,
    private readonly reveal: (segment: number) => void,
  ) {
    this.table = new FigureTable({
      label: "Figures of the maps",
      first: ["means", "All, mean over layers"],
      state: readKnobs().table,
      keep: (table) => {
        turnKnobs({ table });
      },
      span: () => [Math.floor(zoom.from), Math.ceil(zoom.to)],
      all: () => ({ places: zoom.segments, unit: "Segment" }),
      fill: (first, end) => {
        this.fill(first, end);
      },
    });
    zoom.onChange(() => {
      this.table.turnTo(Math.floor(zoom.from));
    });
  }

  get element(): HTMLElement {
    return this.table.element;
  }

  /** Has `zoom` show the part of another reading, without a change of the page. */
  keepPage(zoom: () => void): void {
    const { place } = this.table;
    zoom();
    this.table.turnTo(place);
  }

  show(view: View): void {
    this.view = view;
    this.table.fill();
  }

  private fill(first: number, end: number): void {
    if (!this.view) return;
    const titles = this.titles();
    const made = JSON.stringify([titles, first, end]);
    // A draft grows several times a second, live mode reads again and again: what is pressed, focused or read aloud stays.
    if (made !== this.made) this.make(titles, first, end);
    this.made = made;
    this.table.rows.querySelectorAll("tbody tr").forEach((row, index) => {
      const figures = this.figures(first + index);
      row.querySelectorAll("td").forEach((cell, column) => {
        cell.textContent = figures[column] ?? "";
      });
    });
  }

  /** Makes the rows of some segments anew, without figures. */
  private make(titles: readonly string[], first: number, end: number): void {
    const rows = Array.from({ length: end - first }, (_, index) => this.row(first + index, titles.length - 1));
    this.table.rows.replaceChildren(headings(titles), element("tbody", {}, ...rows));
  }

  private get layers(): number[] {
    return Array.from({ length: this.view?.analysis.pooling.layers ?? 0 }, (_, layer) => layer);
  }

  private titles(): string[] {
    if (this.table.statistic === undefined) return ["Segment", "Contribution", ...STATISTICS.map(({ name }) => name)];
    return ["Segment", ...this.layers.map((layer) => `Layer ${layer + 1}`)];
  }

  private row(segment: number, columns: number): HTMLElement {
    const link = element("button", { class: "link" }, count(segment + 1));
    link.addEventListener("click", () => {
      this.reveal(segment);
    });
    const cells = Array.from({ length: columns }, () => element("td", { class: "figure" }));
    return element("tr", {}, element("th", { scope: "row" }, link), ...cells);
  }

  private figures(segment: number): string[] {
    const at = (statistic: number, layer: number): number =>
      this.view ? statisticAt(this.view.analysis, statistic, layer, segment) : NaN;
    const write = (statistic: number, value: number): string => STATISTICS[statistic]?.format(value) ?? "";
    const { statistic: chosen } = this.table;
    if (chosen !== undefined) return this.layers.map((layer) => write(chosen, at(chosen, layer)));
    const means = POOLING_STATISTICS.map((_, statistic) => {
      const sum = this.layers.reduce((total, layer) => total + at(statistic, layer), 0);
      return write(statistic, sum / this.layers.length);
    });
    return [this.strip.format(segment), ...means];
  }
}
