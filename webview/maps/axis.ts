import { count } from "../../src/analysis/figures";
import { element, property } from "../dom";
import type { Columns } from "./columns";

/** Room for a number and the space around it, in CSS pixels. */
const TICK_WIDTH = 56;

/** The segments' numbers below the maps. */
export class Axis {
  private readonly ticks = element("div", { class: "axis-ticks" });

  readonly element = element("div", { class: "axis quiet", "aria-hidden": "true" }, this.ticks);

  draw(columns: Columns): void {
    const width = this.ticks.clientWidth;
    const step = roundStep((columns.to - columns.from) / Math.max(1, Math.floor(width / TICK_WIDTH)));
    const numbers = columns.from === 0 && step > 1 ? [1] : [];
    for (let number = Math.floor(columns.from / step + 1) * step; number - 0.5 < columns.to; number += step) {
      numbers.push(number);
    }
    this.ticks.replaceChildren(
      ...numbers.map((number) => {
        const tick = element("span", {}, count(number));
        property(tick, "--place", columns.shareOf(number - 0.5));
        return tick;
      }),
    );
  }
}

/** The least of 1, 2, 5, 10, 20 and so on that is not below `step`. */
function roundStep(step: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(1, step)));
  return magnitude * ([1, 2, 5].find((each) => each * magnitude >= step) ?? 10);
}
