import { lostWithout, type Explanation } from "../../src/analysis/explanation";
import { count, counted, signed } from "../../src/analysis/figures";
import { segmentCount } from "../../src/analysis/segmentFigures";
import { element, headings, keepFocusById, show } from "../dom";
import type { Excerpts } from "../excerpts";
import { Spoken } from "../spoken";
import { button } from "../ui";
import type { Post, View } from "../view";

/** What goes of the chosen label's logit without a segment, beside what the segment adds to it. */
export class LeftOut {
  private readonly about = element("p", { class: "quiet" });
  private readonly rows = element("tbody");
  private readonly table: HTMLElement;
  private readonly more: HTMLElement;
  private readonly spoken = new Spoken();
  private drawn = "";
  /** How many segments of which reading were left out by the last time. */
  private last: { readonly readingId: number; readonly segments: number } | undefined;

  readonly element: HTMLElement;

  constructor(
    private readonly post: Post,
    private readonly excerpts: Excerpts,
  ) {
    this.table = element(
      "table",
      { "aria-label": "Segments left out" },
      headings(["Segment", "Adds", "Lost without it"]),
      this.rows,
    );
    this.more = button("Explain Strongest", "secondary", () => {
      post({ type: "explain" });
    });
    const title = element("h2", {}, "Explained by Leaving Out");
    this.element = element(
      "section",
      { class: "left-out" },
      title,
      this.about,
      this.table,
      this.more,
      this.spoken.element,
    );
  }

  /** @param isOpen Whether more can be found out: not where the text or the settings are others by now, nor during a run. */
  render(view: View, explanations: readonly Explanation[], isOpen: boolean): void {
    const { readingId, head, label, values, peak } = view;
    const explained = [...new Set(explanations.flatMap(({ segments }) => segments))];
    // Not hidden while it cannot be pressed, which in live mode is so for a moment after each edit: what follows stays in place.
    this.more.toggleAttribute("disabled", !isOpen);
    show(this.more, explained.length < segmentCount(view.analysis));
    this.tell(readingId, explained.length);
    const wanted = [readingId, head.name, label, explanations.length].join(" ");
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    const name = head.labels[label] ?? "";
    const known = explained
      .map((segment) => ({ segment, lost: lostWithout(explanations, segment, head.name, label) ?? 0 }))
      .sort((a, b) => Math.abs(b.lost) - Math.abs(a.lost));
    const largest = known.reduce((most, { lost }) => Math.max(most, Math.abs(lost)), peak);
    this.about.textContent =
      known.length > 0
        ? `What a segment adds to ${name}, and what goes of its logit when the rest is read without it.`
        : `Read the document again without its strongest segments, one at a time, to see what goes of ${name}.`;
    show(this.table, known.length > 0);
    const rows = known.map(({ segment, lost }) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, this.link(readingId, segment)),
        element("td", { class: "figure" }, signed(values[segment] ?? 0, largest)),
        element("td", { class: "figure" }, signed(lost, largest)),
      ),
    );
    keepFocusById(() => {
      this.rows.replaceChildren(...rows);
    });
  }

  /** Says it when more were left out of the reading that was there before. */
  private tell(readingId: number, segments: number): void {
    const { last } = this;
    this.last = { readingId, segments };
    if (last?.readingId !== readingId) this.spoken.say("");
    else if (segments > last.segments) this.spoken.say(`Left out: ${counted(segments, "segment")}.`);
  }

  private link(readingId: number, segment: number): HTMLElement {
    const words = element("bdi");
    this.excerpts.write(words, segment);
    const id = `left-out-${segment}`;
    const created = element(
      "button",
      { id },
      element("span", { class: "figure quiet" }, count(segment + 1)),
      " ",
      words,
    );
    created.addEventListener("click", () => {
      this.post({ type: "reveal", readingId, segment, focus: false });
    });
    return created;
  }
}
