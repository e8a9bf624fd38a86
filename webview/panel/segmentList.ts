import { contributionNote } from "../../src/analysis/contributionNote";
import { count, percent, signed } from "../../src/analysis/figures";
import { byStrength } from "../../src/analysis/segmentFigures";
import { segmentVerdict } from "../../src/analysis/verdict";
import { bar } from "../bar";
import { element, property } from "../dom";
import type { Excerpts } from "../excerpts";
import { dropdown } from "../ui";
import { verdictLabel } from "../verdictLabel";
import type { Post, Section, View } from "../view";
import { VirtualList } from "../virtualList";
import type { InStep } from "./inStep";
import { keepScroll, readKnobs, scrollIn, turnKnobs, type Knobs } from "./knobs";

const ORDERS: Readonly<Record<Knobs["order"], string>> = {
  document: "In document order",
  strongest: "Strongest first",
};

/** Every segment with its verdict and what it contributes to the chosen label. */
export class SegmentList implements Section {
  private readonly about = element("p", { class: "quiet" });
  private readonly list: VirtualList;
  private view: View | undefined;
  /** Segments in the order of the list. */
  private order: Uint32Array = new Uint32Array();
  /** Whose segments the list has in document order, if it has. */
  private inOrder: string | undefined;

  readonly element: HTMLElement;

  constructor(
    post: Post,
    private readonly excerpts: Excerpts,
    private readonly inStep: InStep,
  ) {
    this.list = new VirtualList({
      label: "Segments",
      scroll: () => (this.view ? scrollIn(this.view.document).list : 0),
      onScroll: (list) => {
        if (this.view) keepScroll(this.view.document, { list });
      },
      row: (place) => this.row(this.order[place] ?? 0),
      onPoint: (place) => {
        inStep.point(place === undefined ? undefined : this.order[place]);
      },
      onChoose: (place, focus) => {
        const segment = this.order[place];
        if (!this.view || segment === undefined) return;
        post({ type: "reveal", readingId: this.view.readingId, segment, focus });
      },
    });
    const order = dropdown("Order of segments", Object.entries(ORDERS), readKnobs().order, (value) => {
      turnKnobs({ order: value === "strongest" ? "strongest" : "document" });
      this.arrange();
    });
    const head = element("div", { class: "section-head" }, element("h2", {}, "Segments"), order);
    this.element = element("section", { class: "segments" }, head, this.about, this.list.element);
    inStep.onChange(() => {
      this.list.forEachRow((row, place) => {
        this.mark(row, this.order[place] ?? 0);
      });
    });
    inStep.onReveal((segment) => {
      const place = this.order.indexOf(segment);
      if (place >= 0) this.list.moveTo(place);
    });
  }

  render(view: View): void {
    this.view = view;
    this.about.textContent = contributionNote(view.analysis, view.head, view.label);
    this.arrange();
  }

  private arrange(): void {
    if (!this.view) return;
    const { values, peak } = this.view;
    this.order =
      readKnobs().order === "strongest" ? byStrength(values) : new Uint32Array(values.length).map((_, place) => place);
    property(this.element, "--number-width", `${count(this.order.length).length}ch`);
    property(this.element, "--value-width", `${signed(-peak, peak).length}ch`);
    const { document } = this.view;
    const isInOrder = readKnobs().order === "document";
    // Another label has other figures in the same rows, and so has another reading: the reader stays where he is.
    if (isInOrder && this.inOrder === document) {
      this.list.grow(this.order.length);
      this.list.redraw();
    } else this.list.show(this.order.length);
    this.inOrder = isInOrder ? document : undefined;
  }

  private row(segment: number): HTMLElement {
    if (!this.view) return element("div");
    const { analysis, head, values, peak } = this.view;
    const verdict = segmentVerdict(analysis, head, segment);
    const value = values[segment] ?? 0;
    const text = element("span", { class: "segment-text", dir: "auto" });
    this.excerpts.write(text, segment);
    const row = element(
      "div",
      { class: "segment", "data-vscode-context": menuContext(this.view.readingId, segment) },
      element("span", { class: "segment-number figure" }, count(segment + 1)),
      text,
      element(
        "span",
        { class: "segment-verdict" },
        ...(verdict
          ? [verdictLabel(verdict, "segment-label"), element("span", { class: "figure" }, percent(verdict.score))]
          : ["–"]),
      ),
      bar(peak > 0 ? Math.abs(value) / peak : 0, "signed", value < 0 ? "against" : "for"),
      element("span", { class: "figure" }, signed(value, peak)),
    );
    this.mark(row, segment);
    return row;
  }

  private mark(row: HTMLElement, segment: number): void {
    row.classList.toggle("pointed", segment === this.inStep.pointed);
    row.classList.toggle("marked", segment === this.inStep.marked);
  }
}

/** What the context menu's commands are told of a row, and that they are all it offers. */
function menuContext(readingId: number, segment: number): string {
  return JSON.stringify({ webviewSection: "segment", readingId, segment, preventDefaultContextMenuItems: true });
}
