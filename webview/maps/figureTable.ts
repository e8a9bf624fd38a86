import { count } from "../../src/analysis/figures";
import { STATISTICS } from "../../src/analysis/statistics";
import { element, enable } from "../dom";
import { scrollArea } from "../scrollArea";
import { Spoken } from "../spoken";
import { dropdown } from "../ui";

/** Places on a page of the table. */
const PAGE = 50;

/** Whether the table is open, and which figures it shows: one of the choices. */
export interface FigureTableState {
  readonly open: boolean;
  readonly figures: string;
}

/** What a table of figures is about, how it is filled, and how it was left. */
export interface FigureTableOptions {
  readonly label: string;
  /** A choice before those of the statistics, and its name. */
  readonly first: readonly [choice: string, name: string];
  /** How it was left. */
  readonly state: FigureTableState | undefined;
  readonly keep: (state: FigureTableState) => void;
  /** The places that are paged through. */
  readonly span: () => readonly [from: number, to: number];
  /** How many places there are in all, and what one is called. */
  readonly all: () => { readonly places: number; readonly unit: string };
  /** Shows the figures of the places from `first` up to `end`. */
  readonly fill: (first: number, end: number) => void;
}

/** What maps show, in figures: a table in a disclosure, a page of it at a time, and a choice of the figures. */
export class FigureTable {
  readonly rows = element("table");
  readonly element: HTMLDetailsElement;
  private readonly extent = element("span", { class: "quiet" });
  private readonly spoken = new Spoken();
  private readonly previous = this.turner("Previous", -PAGE);
  private readonly next = this.turner("Next", PAGE);
  private chosen: string;
  private first = 0;

  constructor(private readonly options: FigureTableOptions) {
    const { first, label, state } = options;
    const statistics = STATISTICS.map(({ title }, index) => [String(index), `${title}, by layer`] as const);
    const choices = [first, ...statistics];
    this.chosen = choices.find(([choice]) => choice === state?.figures)?.[0] ?? first[0];
    const choice = dropdown("Figures of the table", choices, this.chosen, (value) => {
      this.chosen = value;
      this.keep();
    });
    this.element = element(
      "details",
      { class: "map-table" },
      element("summary", {}, "As a Table"),
      choice,
      element("div", { class: "map-table-pages" }, this.previous, this.extent, this.next, this.spoken.element),
      scrollArea(label, this.rows),
    );
    this.element.open = state?.open ?? false;
    this.element.addEventListener("toggle", () => {
      this.keep();
    });
  }

  /** The number of the statistic that is shown; undefined where the first choice is. */
  get statistic(): number | undefined {
    return this.chosen === this.options.first[0] ? undefined : Number(this.chosen);
  }

  /** The place that the page begins at. */
  get place(): number {
    return this.first;
  }

  /** Shows the page that begins at a place. */
  turnTo(place: number): void {
    this.first = place;
    this.fill();
  }

  /** Shows the page anew, where it is open. */
  fill(): void {
    if (!this.element.open) return;
    const [from, to] = this.options.span();
    const { places, unit } = this.options.all();
    this.first = Math.max(from, this.first < to ? this.first : to - PAGE);
    const end = Math.min(to, this.first + PAGE);
    enable([this.previous, this.first > from], [this.next, end < to]);
    this.extent.textContent = `${unit}s ${count(this.first + 1)} to ${count(end)} of ${count(places)}`;
    this.spoken.say("");
    this.options.fill(this.first, end);
  }

  private keep(): void {
    this.options.keep({ open: this.element.open, figures: this.chosen });
    this.fill();
  }

  private turner(text: string, places: number): HTMLButtonElement {
    const created = element("button", { class: "link" }, text);
    created.addEventListener("click", () => {
      this.turnTo(this.first + places);
      // Not where the maps turned it: they say themselves what they show.
      this.spoken.say(this.extent.textContent);
    });
    return created;
  }
}
