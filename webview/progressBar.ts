import { percent } from "../src/analysis/figures";
import { element, property } from "./dom";

/** How far something has come. */
export class ProgressBar {
  readonly element = element(
    "div",
    { class: "progress", role: "progressbar", "aria-label": "Progress", "aria-valuemin": "0", "aria-valuemax": "100" },
    element("div", { class: "progress-fill" }),
  );

  /** @param text what a screen reader says of it */
  set(fraction: number, text = percent(fraction)): void {
    this.element.setAttribute("aria-valuenow", (fraction * 100).toFixed(0));
    this.element.setAttribute("aria-valuetext", text);
    property(this.element, "--share", fraction);
  }
}
