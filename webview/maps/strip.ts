import { signed } from "../../src/analysis/figures";
import { contributions, peak } from "../../src/analysis/segmentFigures";
import { element } from "../dom";
import type { View } from "../view";
import type { Columns } from "./columns";
import { MapFrame } from "./mapFrame";
import { drawBars } from "./signedBars";

/** What each segment adds to the chosen label's logit, as bars over the axis of the maps. */
export class ContributionStrip {
  /** [K] Contributions to the chosen label. */
  values: Float32Array = new Float32Array();
  private peak = 0;
  private readonly ends = element("span", { class: "legend figure" });
  readonly frame = new MapFrame(this.ends);

  constructor() {
    this.frame.element.classList.add("strip");
  }

  show({ head, label }: View): void {
    this.values = contributions(head, label);
    this.peak = peak(this.values);
    const way = head.contributionKind === "additive" ? "to the logit of" : "by leaving out, to the logit of";
    this.frame.rename("Contribution", `${way} ${head.labels[label] ?? ""}`);
    this.ends.textContent = `±${signed(this.peak).slice(1)}`;
  }

  draw(columns: Columns): void {
    const { canvas } = this.frame;
    drawBars(canvas, this.values, columns, Math.round(canvas.clientHeight * devicePixelRatio));
  }

  /** Tells what a segment contributes; of none, nothing. */
  tell(segment: number | undefined): void {
    this.frame.tell(segment === undefined ? "" : this.format(segment));
  }

  format(segment: number): string {
    return signed(this.values[segment] ?? 0, this.peak);
  }

  /** The segment among those from `first` until before `end` that contributes most, either way. */
  strongest(first: number, end: number): number {
    let best = first;
    for (let segment = first; segment < end; segment++) {
      if (Math.abs(this.values[segment] ?? 0) > Math.abs(this.values[best] ?? 0)) best = segment;
    }
    return best;
  }
}
