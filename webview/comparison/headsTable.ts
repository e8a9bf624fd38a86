import { percent } from "../../src/analysis/figures";
import { documentVerdict } from "../../src/analysis/verdict";
import type { Comparison } from "../../src/views/comparison/protocol";
import { element, keepFocusById, property } from "../dom";
import { verdictLabel } from "../verdictLabel";
import { readKnobs, turnKnobs } from "./knobs";
import { pairedLabel, scoreOf, type PairedHead, type PairedLabel } from "./pairedHead";
import { readingFacts } from "./readingFacts";

/** Labels of a head that are shown until all are asked for. */
const FEW = 4;

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
    const cells = verdicts.map((verdict) =>
      element("td", {}, verdict ? verdictLabel(verdict, "verdict-label") : element("span", { class: "quiet" }, "–")),
    );
    const rows = head.labels
      .slice(0, readKnobs().expanded.includes(head.name) ? undefined : FEW)
      .map((label, row) => this.label(head, label, `label-${index}-${row}`));
    const body = element("tbody", {}, element("tr", {}, element("th", { scope: "rowgroup" }, name), ...cells), ...rows);
    if (head.labels.length > FEW) {
      body.append(element("tr", {}, element("td", { colspan: "3" }, this.more(head, index))));
    }
    return body;
  }

  private label(head: PairedHead, name: string, id: string): HTMLElement {
    const paired = pairedLabel(head, name);
    const isChosen = paired && this.chosen?.name === name && this.chosen.heads[0] === paired.heads[0];
    const button = element("button", { id, class: "label-name", title: name }, name);
    button.disabled = !paired;
    button.setAttribute("aria-pressed", String(isChosen === true));
    button.addEventListener("click", () => {
      if (paired) this.choose(head, paired);
    });
    const cells = head.sides.map((side) => element("td", {}, score(scoreOf(side, name))));
    return element("tr", {}, element("th", { scope: "row" }, button), ...cells);
  }

  private more({ name, labels }: PairedHead, index: number): HTMLElement {
    const { expanded } = readKnobs();
    const open = expanded.includes(name);
    const text = open ? "Show fewer" : `Show all ${labels.length}`;
    const created = element("button", { class: "link", id: `more-${index}`, "aria-expanded": String(open) }, text);
    created.addEventListener("click", () => {
      turnKnobs({ expanded: open ? expanded.filter((other) => other !== name) : [...expanded, name] });
      this.render(this.chosen);
    });
    return created;
  }
}

function score(value: number | undefined): HTMLElement {
  if (value === undefined) return element("span", { class: "quiet" }, "–");
  const bar = element("span", { class: "bar", "aria-hidden": "true" });
  property(bar, "--share", value);
  return element("span", { class: "score" }, bar, element("span", { class: "figure" }, percent(value)));
}
