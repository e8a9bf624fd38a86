import { signed } from "../../src/analysis/figures";
import type { PoolingMeans } from "../../src/analysis/poolingMeans";
import { peak } from "../../src/analysis/segmentFigures";
import { STATISTICS } from "../../src/analysis/statistics";
import type { Comparison, FromComparison, Pair, Which } from "../../src/views/comparison/protocol";
import { element, headings } from "../dom";
import { FigureTable } from "../maps/figureTable";
import type { Axis } from "./axis";
import { readKnobs, turnKnobs } from "./knobs";
import { both } from "./pair";
import type { PairedLabel } from "./pairedHead";

/** What the strips and maps show, in figures: a row a side at each place, which its name reveals. */
export class PairedTable {
  private readonly table: FigureTable;
  private label: PairedLabel | undefined;

  constructor(
    private readonly comparison: Comparison,
    private readonly axis: Axis,
    private readonly means: Pair<PoolingMeans>,
    private readonly post: (message: FromComparison) => void,
  ) {
    this.table = new FigureTable({
      label: "Figures of the comparison",
      first: ["contribution", "Contribution"],
      state: readKnobs().table,
      keep: (table) => {
        turnKnobs({ table });
      },
      span: () => [0, axis.places],
      all: () => axis,
      fill: (first, end) => {
        this.fill(first, end);
      },
    });
  }

  get element(): HTMLElement {
    return this.table.element;
  }

  show(label: PairedLabel): void {
    this.label = label;
    this.table.fill();
  }

  private fill(first: number, end: number): void {
    const layers = Math.max(...this.means.map((each) => each.layers));
    const figures =
      this.table.statistic === undefined
        ? ["Contribution"]
        : Array.from({ length: layers }, (_, layer) => `Layer ${layer + 1}`);
    const titles = [this.axis.unit, this.comparison.of === "models" ? "Model" : "Document", ...figures];
    const figuresAt = both(this.comparison.sides, (_, side) => this.figuresOf(side));
    const rows = Array.from({ length: end - first }, (_, index) => this.place(first + index, figuresAt));
    this.table.rows.replaceChildren(headings(titles), ...rows);
  }

  private place(place: number, figuresAt: Pair<(place: number) => string[]>): HTMLElement {
    const rows = both(this.comparison.sides, ({ title }, side) => {
      const figures = figuresAt[side](place).map((text) => element("td", { class: "figure" }, text));
      const link = element("button", { class: "link" }, title);
      link.addEventListener("click", () => {
        this.post({ type: "reveal", side, segment: this.axis.runAt(side, place)[0], focus: false });
      });
      return element("tr", {}, element("th", { scope: "row" }, link), ...figures);
    });
    rows[0].prepend(element("th", { scope: "rowgroup", rowspan: "2" }, this.axis.nameOf(place)));
    return element("tbody", {}, ...rows);
  }

  /** What tells a side's figures at a place. */
  private figuresOf(side: Which): (place: number) => string[] {
    const { statistic } = this.table;
    if (statistic === undefined) {
      const { label } = this;
      const values = label && both(this.comparison.sides, (_, each) => this.axis.valuesOf(each, label));
      const largest = Math.max(0, ...(values ?? []).map(peak));
      return (place) => {
        const value = values?.[side][place];
        return [value === undefined ? "–" : signed(value, largest)];
      };
    }
    const means = this.means[side];
    const write = (value: number): string => STATISTICS[statistic]?.format(value) ?? "";
    return (place) =>
      Array.from({ length: means.layers }, (_, layer) =>
        write(means.mean(statistic, layer, ...this.axis.runAt(side, place))),
      );
  }
}
