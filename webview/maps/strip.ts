import { signed } from "../../src/analysis/figures";
import { element } from "../dom";
import type { View } from "../view";
import type { Cut } from "./columns";
import { MapFrame } from "./mapFrame";
import { drawBars, extremes } from "./signedBars";

/** What each segment adds to the chosen label's logit, as bars over the axis of the maps. */
export class ContributionStrip {
  /** [K] Contributions to the chosen label. */
  values: Float32Array = new Float32Array();
  /** The largest and the smallest value that there is room for. */
  ends: readonly [high: number, low: number] = [0, 0];
  private readonly legend = element("span", { class: "legend figure" });
  readonly frame = new MapFrame(this.legend);

  constructor() {
    this.frame.element.classList.add("strip");
  }

  show({ head, label, values }: Pick<View, "head" | "label" | "values">): void {
    this.values = values;
    this.fit(extremes(values, 0, values.length));
    const way = head.contributionKind === "additive" ? "to the logit of" : "by leaving out, to the logit of";
    const isKnown = !Number.isNaN(head.scores[label] ?? NaN);
    this.frame.rename("Contribution", isKnown ? `${way} ${head.labels[label] ?? ""}` : "known from the last layer on");
  }

  /** Has room for values between these; at first for its own. */
  fit(ends: readonly [high: number, low: number]): void {
    this.ends = ends;
    const [high, low] = ends;
    this.legend.textContent = high > low ? `${this.write(low)} to ${this.write(high)}` : "";
  }

  draw(columns: Cut): void {
    drawBars(this.frame.canvas, this.values, this.ends, columns);
  }

  /** Tells what a segment contributes; of none, nothing. */
  tell(segment: number | undefined): void {
    this.frame.tell(segment === undefined ? "" : this.format(segment));
  }

  format(segment: number): string {
    return this.write(this.values[segment] ?? 0);
  }

  private write(value: number): string {
    const [high, low] = this.ends;
    return signed(value, Math.max(high, -low));
  }
}
