import { signed } from "../../src/analysis/figures";
import { byStrength, contributions, peak } from "../../src/analysis/segmentFigures";
import type { Comparison, FromComparison, Pair, Which } from "../../src/views/comparison/protocol";
import { element, headings, property } from "../dom";
import type { Excerpts } from "../excerpts";
import { strongest } from "../maps/strongest";
import type { Axis } from "./axis";
import { both } from "./pair";
import type { PairedLabel } from "./pairedHead";

/** Places that are listed. */
const MOST = 10;

/** Where the two differ most in what speaks for a label; a click shows the segment in the editor. */
export class Differences {
  private readonly about = element("p", { class: "quiet" });
  private readonly rows = element("tbody");

  readonly element: HTMLElement;

  constructor(
    private readonly comparison: Comparison,
    private readonly axis: Axis,
    private readonly excerpts: Pair<Excerpts>,
    private readonly post: (message: FromComparison) => void,
  ) {
    const titles = [axis.unit, ...comparison.sides.map(({ title }) => title), "Difference"];
    this.element = element(
      "section",
      { class: "differences" },
      element("h2", {}, "Where They Differ Most"),
      this.about,
      element("table", { "aria-label": "Where they differ most" }, headings(titles), this.rows),
    );
  }

  show(label: PairedLabel): void {
    const contributed = both(label.heads, (head) => contributions(head, head.labels.indexOf(label.name)));
    const values = both(this.comparison.sides, (_, side) => this.axis.valuesOf(side, label));
    const differences = values[0].map((value, place) => value - (values[1][place] ?? 0));
    const columns = [...values, differences];
    const largest = Math.max(...columns.map(peak));
    const places = [...byStrength(differences).subarray(0, MOST)];
    const longest = Math.max(...places.map((place) => this.axis.nameOf(place).length));
    property(this.rows, "--name-width", `${longest + 1}ch`);
    this.about.textContent = `By what each adds to the logit of ${label.name}.`;
    this.rows.replaceChildren(
      ...places.map((place) => {
        const figures = columns.map((column) =>
          element("td", { class: "figure" }, signed(column[place] ?? 0, largest)),
        );
        const links = this.axis.told.map((side) =>
          this.link(side, strongest(contributed[side], this.axis.runAt(side, place))),
        );
        const name = element("span", { class: "figure quiet" }, this.axis.nameOf(place));
        const heading = element(
          "th",
          { scope: "row" },
          element("span", { class: "place" }, name, element("span", { class: "words" }, ...links)),
        );
        return element("tr", {}, heading, ...figures);
      }),
    );
  }

  private link(side: Which, segment: number): HTMLElement {
    const words = element("span");
    const link = element("button", { class: "excerpt link", dir: "auto" }, words);
    this.excerpts[side].write(words, segment);
    if (this.axis.told.length > 1) {
      const { title } = this.comparison.sides[side];
      link.title = title;
      // Isolated, so that the words alone say which way the link runs.
      link.prepend(element("bdi", { class: "spoken" }, `${title}: `));
    }
    link.addEventListener("click", () => {
      this.post({ type: "reveal", side, segment, focus: false });
    });
    return link;
  }
}
