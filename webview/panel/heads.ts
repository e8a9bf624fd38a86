import { argmax, type HeadAnalysis } from "../../src/analysis/analysis";
import { percent, scoreOf } from "../../src/analysis/figures";
import { documentVerdict, doubtAbout, type Verdict } from "../../src/analysis/verdict";
import { bar } from "../bar";
import { element, keepFocusById } from "../dom";
import { FEW, moreOrFewer } from "../fewLabels";
import { verdictLabel } from "../verdictLabel";
import type { Post, Section, View } from "../view";
import { readKnobs, turnKnobs } from "./knobs";

/** The document's scores as bars, a list for each head; a click on a label makes the other views speak of it. */
export class Heads implements Section {
  readonly element = element("section", { class: "heads", "aria-label": "Scores" });
  private view: View | undefined;

  private pressed = false;

  constructor(private readonly post: Post) {
    this.element.addEventListener("pointerdown", ({ button }) => {
      // The release of another button may open a menu, and go there.
      if (button === 0) this.pressed = true;
    });
    for (const type of ["pointerup", "pointercancel"]) {
      window.addEventListener(type, () => {
        if (!this.pressed) return;
        this.pressed = false;
        // After the click that the press ends with.
        setTimeout(() => {
          if (this.view) this.render(this.view);
        });
      });
    }
  }

  render(view: View): void {
    this.view = view;
    // A label that is made anew while it is pressed gets no click, and a draft's are several times a second.
    if (this.pressed) return;
    keepFocusById(() => {
      const doubt = doubtAbout(view.analysis);
      this.element.replaceChildren(
        ...(doubt === undefined ? [] : [element("p", { class: "banner doubt" }, doubt)]),
        ...view.analysis.heads.flatMap((head, index) =>
          // In a draft a head of [CLS] is not known before its end.
          Number.isNaN(head.scores[0]) ? [] : [this.head(head, index, view)],
        ),
      );
    });
  }

  private head(head: HeadAnalysis, index: number, { readingId, head: chosen, label }: View): HTMLElement {
    const predicted = argmax(head.scores);
    const verdict = documentVerdict(head);
    const title = element("button", { class: "head-name", id: `head-${index}` }, head.name);
    title.addEventListener("click", () => {
      this.post({ type: "choose", readingId, head: head.name });
    });
    const isPressed = (row: number): boolean => head === chosen && row === label;
    const idOf = (row: number): string => `label-${index}-${row}`;
    const shown = this.shownLabels(head, (row) => isPressed(row) || document.activeElement?.id === idOf(row));
    const rows = shown.map((row) =>
      element(
        "li",
        {},
        this.label(readingId, head, row, idOf(row), isPressed(row), row === predicted ? verdict : undefined),
      ),
    );
    const list = element("ol", { "aria-label": `Scores of ${head.name}` }, ...rows);
    const group = element("div", { class: "head" }, element("h2", {}, title));
    if (!verdict.sure) {
      group.classList.add("unsure");
      group.append(element("p", { class: "quiet" }, `Not sure: ${verdict.label} has ${scoreOf(verdict, head)}.`));
    }
    group.append(list);
    if (head.labels.length > FEW) {
      const more = moreOrFewer(`more-${index}`, head, readKnobs().expanded, (expanded) => {
        turnKnobs({ expanded });
        if (this.view) this.render(this.view);
      });
      group.append(more);
    }
    return group;
  }

  /** @param verdict The head's, on the row of its best label. */
  private label(
    readingId: number,
    head: HeadAnalysis,
    row: number,
    id: string,
    pressed: boolean,
    verdict?: Verdict,
  ): HTMLElement {
    const name = head.labels[row] ?? "";
    const score = head.scores[row] ?? 0;
    const created = element(
      "button",
      { id, class: verdict ? "label predicted" : "label", "aria-pressed": String(pressed), title: name },
      verdict ? verdictLabel(verdict, "label-name") : element("span", { class: "label-name" }, name),
      bar(score),
      element("span", { class: "figure" }, percent(score)),
    );
    created.addEventListener("click", () => {
      this.post({ type: "choose", readingId, head: head.name, label: name });
    });
    return created;
  }

  /** Indices of the labels to show, best first; the best few, and those in use. @param inUse says which those are */
  private shownLabels({ name, labels, scores }: HeadAnalysis, inUse: (row: number) => boolean): number[] {
    const ranked = labels.map((_, index) => index).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
    return readKnobs().expanded.includes(name) ? ranked : ranked.filter((row, place) => place < FEW || inUse(row));
  }
}
