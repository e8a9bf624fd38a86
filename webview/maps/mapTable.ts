import { POOLING_STATISTICS } from "../../src/analysis/analysis";
import { count } from "../../src/analysis/figures";
import { STATISTICS, statisticAt } from "../../src/analysis/statistics";
import { element, enable } from "../dom";
import { readKnobs, turnKnobs } from "../knobs";
import { scrollArea } from "../scrollArea";
import { dropdown } from "../ui";
import type { View } from "../view";
import type { ContributionStrip } from "./strip";
import type { Zoom } from "./zoom";

/** Segments on a page of the table. */
const PAGE = 50;
/** The choice that shows all statistics, each as its mean over the layers. */
const MEANS = "means";

/** What the maps show, in figures: the segments in sight, a page at a time; a segment's number reveals it. */
export class MapTable {
  private readonly rows = element("table");
  private readonly extent = element("span", { class: "quiet", "aria-live": "polite" });
  private readonly previous: HTMLButtonElement;
  private readonly next: HTMLButtonElement;
  private statistic: string;
  private first = 0;
  private view: View | undefined;
  /** What the rows that there are were made for. */
  private made = "";

  readonly element: HTMLDetailsElement;

  constructor(
    private readonly zoom: Zoom,
    private readonly strip: ContributionStrip,
    private readonly reveal: (segment: number) => void,
  ) {
    const titles = STATISTICS.map(({ title }, index) => [String(index), `${title}, by layer`] as const);
    const choices = { [MEANS]: "All, mean over layers", ...Object.fromEntries(titles) };
    const { open = false, figures = MEANS } = readKnobs().table ?? {};
    this.statistic = figures in choices ? figures : MEANS;
    const choice = dropdown("Figures of the table", choices, this.statistic, (value) => {
      this.statistic = value;
      this.keep();
      this.fill();
    });
    this.previous = this.turner("Previous", -PAGE);
    this.next = this.turner("Next", PAGE);
    const pages = element("div", { class: "map-table-pages" }, this.previous, this.extent, this.next);
    const scroll = scrollArea("Figures of the maps", this.rows);
    this.element = element(
      "details",
      { class: "map-table" },
      element("summary", {}, "As a Table"),
      choice,
      pages,
      scroll,
    );
    this.element.open = open;
    this.element.addEventListener("toggle", () => {
      this.keep();
      this.fill();
    });
    zoom.onChange(() => {
      this.first = Math.floor(zoom.from);
      this.fill();
    });
  }

  show(view: View): void {
    this.view = view;
    this.fill();
  }

  private keep(): void {
    turnKnobs({ table: { open: this.element.open, figures: this.statistic } });
  }

  private turner(text: string, segments: number): HTMLButtonElement {
    const created = element("button", { class: "link" }, text);
    created.addEventListener("click", () => {
      this.first = Math.max(Math.floor(this.zoom.from), this.first + segments);
      this.fill();
    });
    return created;
  }

  private fill(): void {
    if (!this.view || !this.element.open) return;
    const last = Math.ceil(this.zoom.to);
    const end = Math.min(last, this.first + PAGE);
    enable([this.previous, this.first > Math.floor(this.zoom.from)], [this.next, end < last]);
    const made = JSON.stringify([this.view.readingId, this.statistic, this.first, end]);
    // A draft grows several times a second: what is pressed, focused or read aloud stays.
    if (made !== this.made) this.make(end);
    this.made = made;
    this.rows.querySelectorAll("tbody tr").forEach((row, index) => {
      const figures = this.figures(this.first + index);
      row.querySelectorAll("td").forEach((cell, column) => {
        cell.textContent = figures[column] ?? "";
      });
    });
  }

  /** Makes the rows up to a segment anew, without figures. */
  private make(end: number): void {
    this.extent.textContent = `Segments ${count(this.first + 1)} to ${count(end)} of ${count(this.zoom.segments)}`;
    const titles = this.titles();
    const head = element("tr", {}, ...titles.map((title) => element("th", { scope: "col" }, title)));
    const rows = Array.from({ length: end - this.first }, (_, index) =>
      this.row(this.first + index, titles.length - 1),
    );
    this.rows.replaceChildren(element("thead", {}, head), element("tbody", {}, ...rows));
  }

  private get layers(): number[] {
    return Array.from({ length: this.view?.analysis.pooling.layers ?? 0 }, (_, layer) => layer);
  }

  private titles(): string[] {
    if (this.statistic === MEANS) return ["Segment", "Contribution", ...STATISTICS.map(({ name }) => name)];
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
    const write = (statistic: number, value: number): string =>
      Number.isNaN(value) ? "…" : (STATISTICS[statistic]?.format(value) ?? "");
    if (this.statistic !== MEANS) {
      const statistic = Number(this.statistic);
      return this.layers.map((layer) => write(statistic, at(statistic, layer)));
    }
    const means = POOLING_STATISTICS.map((_, statistic) => {
      const sum = this.layers.reduce((total, layer) => total + at(statistic, layer), 0);
      return write(statistic, sum / this.layers.length);
    });
    return [this.strip.format(segment), ...means];
  }
}
