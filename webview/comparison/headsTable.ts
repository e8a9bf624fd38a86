import { percent } from "../../src/analysis/figures";
import { documentVerdict } from "../../src/analysis/verdict";
import type { Comparison } from "../../src/views/comparison/protocol";
import { bar } from "../bar";
import { element, keepFocusById } from "../dom";
import { FEW, moreOrFewer } from "../fewLabels";
import { verdictLabel } from "../verdictLabel";
import { readKnobs, turnKnobs } from "./knobs";
import { pairedLabel, scoreOf, type PairedHead, type PairedLabel } from "./pairedHead";
import { readingFacts } from "./readingFacts";

/** Each head's verdicts and scores, a column a side; a click on a label that both have makes the page speak of it. */
export class HeadsTable {
  readonly element = element("table", { class: "paired-heads", "aria-label": "Scores of both" });
  private chosen: PairedLabel | undefined;

  constructor(
    private readonly comparison: Comparison,
    private readonly heads: readonly PairedHead[],
    private readonly choose: (head: PairedHead, label: PairedLabel) => void,
  ) {}

  /** @param chosen The label that the page speaks of, if any. */
  render(chosen: PairedLabel | undefined): void {
    this.chosen = chosen;
    const titles = this.comparison.sides.map(({ title }) => element("th", { scope: "col", title }, title));
    keepFocusById(() => {
      this.element.replaceChildren(
        element("thead", {}, element("tr", {}, element("td"), ...titles)),
        ...this.heads.map((each, index) => this.head(each, index)),
        readingFacts(this.comparison),
      );
    });
  }

  private head(head: PairedHead, index: number): HTMLElement {
    const verdicts = head.sides.map((side) => side && documentVerdict(side));
    const [first, second] = verdicts;
    const name = element("h2", {}, head.name);
    if (first && second && first.label !== second.label) name.append(element("span", { class: "differ" }, "differ"));
    const cells = verdicts.map((verdict, side) =>
      element(
        "td",
        {},
        verdict
          ? verdictLabel(verdict, "verdict-label", head.sides[side]?.doubt)
          : element("span", { class: "quiet" }, "–"),
      ),
    );
    const isExpanded = readKnobs().expanded.includes(head.name);
    const rows = head.labels.flatMap((label, row) =>
      isExpanded || row < FEW || this.isChosen(head, label) ? [this.label(head, label, `label-${index}-${row}`)] : [],
    );
    const body = element("tbody", {}, element("tr", {}, element("th", { scope: "rowgroup" }, name), ...cells), ...rows);
    if (head.labels.length > FEW) {
      const more = moreOrFewer(`more-${index}`, head, readKnobs().expanded, (expanded) => {
        turnKnobs({ expanded });
        this.render(this.chosen);
      });
      body.append(element("tr", {}, element("td", { colspan: "3" }, more)));
    }
    return body;
  }

  private isChosen({ sides }: PairedHead, label: string): boolean {
    return this.chosen?.name === label && this.chosen.heads[0] === sides[0];
  }

  private label(head: PairedHead, name: string, id: string): HTMLElement {
    const paired = pairedLabel(head, name);
    const button = element("button", { id, class: "label", title: name }, name);
    button.disabled = !paired;
    button.setAttribute("aria-pressed", String(this.isChosen(head, name)));
    button.addEventListener("click", () => {
      if (paired) this.choose(head, paired);
    });
    const cells = head.sides.map((side) => element("td", {}, score(scoreOf(side, name))));
    return element("tr", {}, element("th", { scope: "row" }, button), ...cells);
  }
}

function score(value: number | undefined): HTMLElement {
  if (value === undefined) return element("span", { class: "quiet" }, "–");
  return element("span", { class: "score" }, bar(value), element("span", { class: "figure" }, percent(value)));
}
