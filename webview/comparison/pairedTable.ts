import { count, signed } from "../../src/analysis/figures";
import type { PoolingMeans } from "../../src/analysis/poolingMeans";
import { peak } from "../../src/analysis/segmentFigures";
import { STATISTICS } from "../../src/analysis/statistics";
import type { Comparison, FromComparison, Pair, Which } from "../../src/views/comparison/protocol";
import { element, enable } from "../dom";
import { scrollArea } from "../scrollArea";
import { dropdown } from "../ui";
import type { Axis } from "./axis";
import { readKnobs, turnKnobs } from "./knobs";
import { both } from "./pair";
import type { PairedLabel } from "./pairedHead";

/** Places on a page of the table. */
const PAGE = 50;
const CONTRIBUTION = "contribution";

/** What the strips and maps show, in figures: a row a side at each place, which its name reveals; a page at a time. */
export class PairedTable {
  private readonly rows = element("table");
  private readonly extent = element("span", { class: "quiet", "aria-live": "polite" });
  private readonly previous = this.turner("Previous", -PAGE);
  private readonly next = this.turner("Next", PAGE);
  private shown: string;
  private first = 0;
  private label: PairedLabel | undefined;

  readonly element: HTMLDetailsElement;

  constructor(
    private readonly comparison: Comparison,
    private readonly axis: Axis,
    private readonly means: Pair<PoolingMeans>,
    private readonly post: (message: FromComparison) => void,
  ) {
    const statistics = STATISTICS.map(({ title }, index) => [String(index), `${title}, by layer`] as const);
    const choices = { [CONTRIBUTION]: "Contribution", ...Object.fromEntries(statistics) };
    const { open = false, figures = CONTRIBUTION } = readKnobs().table ?? {};
    this.shown = figures in choices ? figures : CONTRIBUTION;
    const choice = dropdown("Figures of the table", choices, this.shown, (value) => {
      this.shown = value;
      this.keep();
      this.fill();
    });
    this.element = element(
      "details",
      { class: "map-table" },
      element("summary", {}, "As a Table"),
      choice,
      element("div", { class: "map-table-pages" }, this.previous, this.extent, this.next),
      scrollArea("Figures of the comparison", this.rows),
    );
    this.element.open = open;
    this.element.addEventListener("toggle", () => {
      this.keep();
      this.fill();
    });
  }

  show(label: PairedLabel): void {
    this.label = label;
    this.fill();
  }

  private keep(): void {
    turnKnobs({ table: { open: this.element.open, figures: this.shown } });
  }

  private turner(text: string, places: number): HTMLButtonElement {
    const created = element("button", { class: "link" }, text);
    created.addEventListener("click", () => {
      this.first += places;
      this.fill();
    });
    return created;
  }

  private fill(): void {
    if (!this.element.open) return;
    const { axis, first } = this;
    const end = Math.min(axis.places, first + PAGE);
    enable([this.previous, first > 0], [this.next, end < axis.places]);
    this.extent.textContent = `${axis.unit}s ${count(first + 1)} to ${count(end)} of ${count(axis.places)}`;
    const layers = Math.max(...this.means.map((each) => each.layers));
    const figures =
      this.shown === CONTRIBUTION
        ? ["Contribution"]
        : Array.from({ length: layers }, (_, layer) => `Layer ${layer + 1}`);
    const head = [axis.unit, this.comparison.of === "models" ? "Model" : "Document", ...figures].map((title) =>
      element("th", { scope: "col" }, title),
    );
    const figuresAt = both(this.comparison.sides, (_, side) => this.figuresOf(side));
    const rows = Array.from({ length: end - first }, (_, index) => this.place(first + index, figuresAt));
    this.rows.replaceChildren(element("thead", {}, element("tr", {}, ...head)), ...rows);
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
    if (this.shown === CONTRIBUTION) {
      const { label } = this;
      const both = label ? this.comparison.sides.map((_, each) => this.axis.valuesOf(each as Which, label)) : [];
      const { [side]: values = new Float32Array() } = both;
      const largest = Math.max(0, ...both.map(peak));
      return (place) => [values[place] === undefined ? "–" : signed(values[place], largest)];
    }
    const statistic = Number(this.shown);
    const means = this.means[side];
    const write = (value: number): string => STATISTICS[statistic]?.format(value) ?? "";
    return (place) =>
      Array.from({ length: means.layers }, (_, layer) =>
        write(means.mean(statistic, layer, ...this.axis.runAt(side, place))),
      );
  }
}
