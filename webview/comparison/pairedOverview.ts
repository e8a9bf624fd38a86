import type { Pair } from "../../src/views/comparison/protocol";
import { element } from "../dom";
import { Brush } from "../maps/brush";
import { drawColours } from "../maps/signedBars";
import type { ContributionStrip } from "../maps/strip";
import type { Zoom } from "../maps/zoom";
import type { Axis } from "./axis";
import { both } from "./pair";

/** All of either side on a line, with what the maps show of both as a brush. */
export class PairedOverview {
  private readonly canvases: Pair<HTMLCanvasElement> = [
    element("canvas", { "aria-hidden": "true" }),
    element("canvas", { "aria-hidden": "true" }),
  ];
  private readonly brush: Brush;

  readonly element: HTMLElement;

  constructor(
    private readonly axis: Axis,
    zoom: Zoom,
  ) {
    const name = "Part of the axis that the maps show";
    this.brush = new Brush(zoom, name, () => axis.describe(zoom.from, zoom.to), ...this.canvases);
    this.element = this.brush.element;
  }

  /** Draws the contributions of both in so many columns, the same colour for the same value. */
  draw(strips: Pair<ContributionStrip>, columns: number): void {
    const peak = Math.max(...strips.flatMap(({ ends: [high, low] }) => [high, -low]));
    both(this.canvases, (canvas, side) => {
      drawColours(canvas, strips[side].values, peak, this.axis.cut(side, 0, this.axis.length, columns));
    });
  }

  /** Shows where the maps are. */
  update(): void {
    this.brush.update();
  }
}
