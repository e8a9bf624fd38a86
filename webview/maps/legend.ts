import { placeIn, type Scale } from "../../src/analysis/scale";
import { element, property } from "../dom";
import { drawPixels } from "./pixels";

/** The colours of a map from low to high, with a mark at the value pointed at. */
export class Legend {
  private readonly low = element("span", { class: "figure" });
  private readonly high = element("span", { class: "figure" });
  private readonly canvas = element("canvas", { "aria-hidden": "true" });
  private readonly ramp = element("span", { class: "legend-ramp" }, this.canvas);
  private scale: Scale = { low: NaN, high: NaN };

  readonly element = element("span", { class: "legend" }, this.low, this.ramp, this.high);

  /** @param about What the colours of the ends stand for. */
  constructor(
    private readonly format: (value: number) => string,
    about: string,
  ) {
    this.element.title = about;
  }

  show(scale: Scale): void {
    this.scale = scale;
    this.low.textContent = this.written(scale.low);
    this.high.textContent = this.written(scale.high);
  }

  /** Of a map of which nothing is known yet, nothing. */
  private written(value: number): string {
    return Number.isNaN(value) ? "" : this.format(value);
  }

  draw(table: Uint32Array<ArrayBuffer>): void {
    drawPixels(this.canvas, table, table.length, 1);
  }

  /** Marks a value; undefined or one that is not known takes the mark away. */
  point(value: number | undefined): void {
    const shown = value !== undefined && !Number.isNaN(value);
    this.ramp.classList.toggle("pointed", shown);
    if (shown) property(this.ramp, "--place", placeIn(this.scale, value));
  }
}
