import { count, percent } from "../../src/analysis/figures";
import { isClassified, verdictOf, type Row } from "../../src/corpus/row";
import { bar } from "../bar";
import { element, keepFocusById, property } from "../dom";
import { inNextFrame } from "../frame";
import { verdictLabel } from "../verdictLabel";
import { VirtualList } from "../virtualList";
import { columnsOf, sorted, type Column } from "./columns";
import { readKnobs, turnKnobs } from "./knobs";
import { below } from "./paths";

/** The rows of a folder under headings that sort them; only those in sight exist. */
export class ResultsTable {
  private readonly head = element("div", { class: "row-cells head-row", role: "group", "aria-label": "Sort by" });
  private readonly list: VirtualList;
  private rows: readonly Row[] = [];
  private heads: readonly string[] = [];
  private columns: readonly Column[] = [];
  /** Places in `rows` in the order of the list. */
  private order: Uint32Array = new Uint32Array();
  /** What is to be drawn next. */
  private next: { readonly rows: readonly Row[]; readonly heads: readonly string[] } = { rows: [], heads: [] };
  private readonly redraw = inNextFrame(() => {
    this.draw();
  });

  /** The folder whose path the names of the files leave out. */
  folder = "";

  readonly element: HTMLElement;

  /** @param open has the host open the file of a row; `focus`: whether the reader wants to go on in the editor */
  constructor(open: (path: string, focus: boolean) => void) {
    this.list = new VirtualList({
      label: "Documents",
      scroll: () => readKnobs().scroll,
      onScroll: (scroll) => {
        turnKnobs({ scroll });
      },
      row: (place) => this.row(this.order[place] ?? 0),
      onChoose: (place, focus) => {
        const row = this.rows[this.order[place] ?? 0];
        if (row) open(row.path, focus);
      },
    });
    this.element = element("div", { class: "results" }, this.head, this.list.element);
  }

  /**
   * Shows the rows in the next frame, however many messages bring them until then: to arrange them may take longer.
   * @param rows more in the array that is shown, or another array, whose rows of the same paths are where those were
   * @param heads of all rows
   */
  show(rows: readonly Row[], heads: readonly string[]): void {
    this.next = { rows, heads };
    this.redraw();
  }

  private draw(): void {
    const { rows, heads } = this.next;
    const before = { rows: this.rows, order: this.order };
    this.rows = rows;
    const isOtherwise = this.columns.length === 0 || heads.join("\n") !== this.heads.join("\n");
    if (isOtherwise) {
      this.heads = heads;
      this.columns = columnsOf(heads);
      // What has no verdict has a reason, which needs a column too.
      property(this.element, "--heads", Math.max(1, heads.length));
      this.renderHead();
    }
    this.arrange();
    const isAnew = rows !== before.rows;
    this.list.grow(rows.length, (place) => {
      const was = before.order[place] ?? 0;
      const path = before.rows[was]?.path;
      const now = this.order.indexOf(isAnew ? rows.findIndex((row) => row.path === path) : was);
      return now < 0 ? undefined : now;
    });
    if (isAnew || isOtherwise) this.list.redraw();
  }

  private arrange(): void {
    const { sort } = readKnobs();
    const column = this.columns.find(({ id }) => id === sort?.id);
    this.order =
      sort && column
        ? sorted(this.rows, column, sort.descending, this.order)
        : Uint32Array.from(this.rows, (_, place) => place);
  }

  /** Ascending at first, then descending, then as they were read. */
  private sortBy(id: string): void {
    const { sort } = readKnobs();
    if (sort?.id !== id) turnKnobs({ sort: { id, descending: false } });
    else turnKnobs({ sort: sort.descending ? undefined : { id, descending: true } });
    this.renderHead();
    this.arrange();
    this.list.show(this.rows.length);
  }

  private renderHead(): void {
    const headings = this.columns.map(({ id, title }) => {
      const { sort } = readKnobs();
      const order = sort?.id === id ? (sort.descending ? "descending" : "ascending") : "";
      const arrow = { descending: " ↓", ascending: " ↑", "": "" }[order];
      const text = element("span", { "aria-hidden": "true" }, title + arrow);
      const created = element("button", { id: `sort ${id}`, class: id === "tokens" ? "figure" : "" }, text);
      created.setAttribute("aria-label", order === "" ? title : `${title}, ${order}`);
      created.addEventListener("click", () => {
        this.sortBy(id);
      });
      return created;
    });
    keepFocusById(() => {
      this.head.replaceChildren(...headings);
    });
  }

  private row(place: number): HTMLElement {
    const row = this.rows[place];
    if (!row) return element("div");
    const file = element("span", { class: "file", title: row.path }, element("bdi", {}, below(this.folder, row.path)));
    if (!isClassified(row)) {
      return element(
        "div",
        { class: "row-cells failed" },
        file,
        element("span", { class: "reason", title: row.error }, below(this.folder, row.error)),
      );
    }
    if (row.doubt !== undefined) file.append(element("span", { class: "spoken" }, row.doubt));
    const verdicts = this.heads.map((head) => {
      const verdict = verdictOf(row, head);
      if (!verdict) return element("span");
      const figure = element("span", { class: "figure" }, percent(verdict.score));
      const cell = verdict.sure ? "verdict" : "verdict unsure";
      const of = element("span", { class: "spoken" }, `${head}: `);
      return element(
        "span",
        { class: cell },
        of,
        verdictLabel(verdict, "verdict-label", row.doubt),
        figure,
        bar(verdict.score),
      );
    });
    const noun = row.tokens === 1 ? " token" : " tokens";
    return element(
      "div",
      { class: "row-cells" },
      file,
      ...verdicts,
      element("span", { class: "figure" }, count(row.tokens), element("span", { class: "spoken" }, noun)),
    );
  }
}
