import { count, signed } from "../../src/analysis/figures";
import { highest } from "../../src/analysis/segmentFigures";
import { bar } from "../bar";
import { element, keepFocusById } from "../dom";
import type { Excerpts } from "../excerpts";
import type { Post, Section, View } from "../view";
import type { InStep } from "./inStep";

/** Segments shown for the label, and as many against it. */
const MOST = 3;

/** What speaks for the chosen label and what against it: the segments that contribute most either way. */
export class Evidence implements Section {
  private readonly title = element("h2");
  private readonly for = element("ol", { class: "evidence-list" });
  private readonly against = element("ol", { class: "evidence-list" });
  private view: View | undefined;
  private readonly rows = new Map<number, HTMLElement>();

  readonly element: HTMLElement;

  constructor(
    private readonly post: Post,
    private readonly excerpts: Excerpts,
    private readonly inStep: InStep,
  ) {
    const side = (name: string, list: HTMLElement): HTMLElement => {
      list.setAttribute("aria-label", name);
      return element("div", {}, element("h3", { class: "quiet" }, name), list);
    };
    this.element = element(
      "section",
      { class: "evidence" },
      this.title,
      side("Speaks for it", this.for),
      side("Speaks against it", this.against),
    );
    inStep.onChange(() => {
      for (const [segment, row] of this.rows) row.classList.toggle("pointed", segment === inStep.pointed);
    });
  }

  render(view: View): void {
    this.view = view;
    const { values, peak } = view;
    // A tip, too: a long name is cut off.
    this.title.textContent = this.title.title = view.head.labels[view.label] ?? "";
    const strongest = { for: highest(values, 1, MOST), against: highest(values, -1, MOST) };
    this.rows.clear();
    keepFocusById(() => {
      for (const side of ["for", "against"] as const) {
        const rows = strongest[side].map((segment, place) =>
          element("li", {}, this.row(`evidence-${side}-${place}`, segment, values[segment] ?? 0, peak)),
        );
        const none = element("li", { class: "quiet" }, "No segment does.");
        this[side].replaceChildren(...(rows.length > 0 ? rows : [none]));
      }
    });
  }

  private row(id: string, segment: number, value: number, largest: number): HTMLElement {
    const share = largest > 0 ? Math.abs(value) / largest : 0;
    const text = element("span", { class: "evidence-text", dir: "auto" });
    this.excerpts.write(text, segment);
    const row = element(
      "button",
      { id, class: "evidence-row" },
      element("span", { class: "figure quiet" }, count(segment + 1)),
      text,
      value < 0 ? bar(share, "against") : bar(share),
      element("span", { class: "figure" }, signed(value, largest)),
    );
    row.addEventListener("click", () => {
      if (this.view) this.post({ type: "reveal", readingId: this.view.readingId, segment, focus: false });
    });
    for (const type of ["pointerenter", "focus"]) {
      row.addEventListener(type, () => {
        this.inStep.point(segment);
      });
    }
    for (const type of ["pointerleave", "blur"]) {
      row.addEventListener(type, () => {
        this.inStep.point(undefined);
      });
    }
    this.rows.set(segment, row);
    return row;
  }
}
