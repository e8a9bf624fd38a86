import { element, property } from "../dom";
import type { Tick } from "./ticks";

/** Room for a tick's text and the space around it, in CSS pixels. */
const TICK_WIDTH = 56;

/** What is written below the maps: mostly the segments' numbers. */
export class AxisTicks {
  private readonly ticks = element("div", { class: "axis-ticks" });

  readonly element = element("div", { class: "axis quiet", "aria-hidden": "true" }, this.ticks);

  /** @param ticksOf Is told how many there is room for. */
  draw(ticksOf: (most: number) => readonly Tick[]): void {
    const most = Math.max(1, Math.floor(this.ticks.clientWidth / TICK_WIDTH));
    this.ticks.replaceChildren(
      ...ticksOf(most).map(({ share, text }) => {
        const tick = element("span", {}, text);
        property(tick, "--place", share);
        return tick;
      }),
    );
  }
}
