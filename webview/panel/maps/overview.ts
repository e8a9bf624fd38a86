import { element, property, show } from "../../dom";
import { Brush } from "../../maps/brush";
import { Columns } from "../../maps/columns";
import { drawColours } from "../../maps/signedBars";
import { segmentsInWords } from "../../maps/ticks";
import type { Zoom } from "../../maps/zoom";
import type { View } from "../../view";
import type { InStep } from "../inStep";

/** All of the document on one line, with what the maps show of it as a brush, and what the editor shows as a band. */
export class Overview {
  private readonly canvas = element("canvas", { "aria-hidden": "true" });
  private readonly sight = element("div", { class: "overview-sight", title: "In sight in the editor" });
  private readonly marked = element("div", { class: "overview-marked" });
  private readonly brush: Brush;

  readonly element: HTMLElement;

  constructor(
    private readonly zoom: Zoom,
    private readonly inStep: InStep,
  ) {
    const name = "Part of the document that the maps show";
    this.brush = new Brush(zoom, name, () => segmentsInWords(zoom.from, zoom.to, zoom.segments), this.canvas);
    this.element = this.brush.element;
    this.element.append(this.sight, this.marked);
  }

  /** Draws the contributions to the label that the view speaks of. */
  draw({ values, peak }: Pick<View, "values" | "peak">): void {
    const width = Math.max(1, Math.round(this.canvas.clientWidth * devicePixelRatio));
    drawColours(this.canvas, values, peak, new Columns(0, values.length, width));
  }

  /** Shows where the maps are, and the editor. */
  update(): void {
    const all = Math.max(1, this.zoom.segments);
    const { sight, marked } = this.inStep;
    this.brush.update();
    show(this.sight, sight !== undefined);
    property(this.sight, "--from", (sight?.[0] ?? 0) / all);
    property(this.sight, "--to", (sight?.[1] ?? 0) / all);
    show(this.marked, marked !== undefined);
    property(this.marked, "--place", ((marked ?? 0) + 0.5) / all);
  }
}
