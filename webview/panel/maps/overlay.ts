import { element, property, show } from "../../dom";
import type { Columns, Run } from "../../maps/columns";
import type { MapFrame } from "../../maps/mapFrame";

/**
 * What lies over the maps and moves with the pointer, so that the maps themselves are not drawn again. The style sheet
 * draws the bands of the segments pointed at and marked over every map.
 */
export class Overlay {
  private readonly cell = element("div", { class: "plot-cell" });
  private readonly tip = element("div", { class: "tip" });

  constructor(private readonly plot: HTMLElement) {}

  /** Shows the columns of the segment pointed at, or none. */
  point(columns: Columns, run: Run | undefined): void {
    this.place("pointed", columns, run);
    if (run) property(this.plot, "--pointed", Math.max(0, Math.min(1, columns.shareOf((run[0] + run[1]) / 2))));
  }

  /** Shows where the editor's cursor is, or that it is nowhere. */
  mark(columns: Columns, run: Run | undefined): void {
    this.place("marked", columns, run);
  }

  /** Outlines the layer pointed at in a map and tells of it below that map. */
  tell(frame: MapFrame | undefined, layer: number, text: string): void {
    show(this.cell, frame !== undefined);
    show(this.tip, frame !== undefined);
    if (!frame) return;
    // Moving an element that is there already would cost a layout.
    if (this.cell.parentElement !== frame.body) {
      frame.body.append(this.cell);
      frame.element.append(this.tip);
    }
    property(this.cell, "--layer", layer);
    this.tip.textContent = text;
  }

  private place(name: "pointed" | "marked", columns: Columns, run: Run | undefined): void {
    this.plot.classList.toggle(`has-${name}`, run !== undefined);
    if (!run) return;
    property(this.plot, `--${name}-from`, columns.shareOf(run[0]));
    property(this.plot, `--${name}-to`, columns.shareOf(run[1]));
  }
}
