import type { PoolingPlane, Scale } from "../../src/analysis/poolingPlane";
import type { Statistic } from "../../src/analysis/statistics";
import { element, property } from "../dom";
import { entryOf } from "./colourTable";
import type { Columns } from "./columns";
import { Legend } from "./legend";
import { MapFrame } from "./mapFrame";

/** One statistic of every layer and segment as coloured cells, layers down, below its name and its colours' meaning. */
export class HeatMap {
  readonly frame: MapFrame;
  plane: PoolingPlane | undefined;
  private scale: Scale = { low: 0, high: 0 };
  private readonly legend: Legend;
  private readonly lastLayer = element("span");

  constructor(private readonly statistic: Statistic) {
    this.legend = new Legend(statistic.format);
    this.frame = new MapFrame(this.legend.element);
    this.frame.rename(statistic.name, statistic.meaning);
    const layers = element(
      "div",
      { class: "map-layers", "aria-hidden": "true" },
      element("span", {}, "1"),
      this.lastLayer,
    );
    this.frame.element.append(layers);
  }

  /** Takes other values, to be drawn on the scale. */
  show(plane: PoolingPlane, scale: Scale): void {
    this.plane = plane;
    this.scale = scale;
    this.lastLayer.textContent = plane.layers > 1 ? String(plane.layers) : "";
    property(this.frame.element, "--layers", plane.layers);
    this.legend.show(scale);
  }

  /** Draws a pixel to a column and layer, which the style sheet stretches; what is not known is left transparent. */
  draw(columns: Columns, table: Uint32Array): void {
    if (!this.plane) return;
    const { low, high } = this.scale;
    const { layers } = this.plane;
    const pixels = new Uint32Array(layers * columns.count);
    for (let column = 0; column < columns.count; column++) {
      const [first, end] = columns.segmentsOf(column);
      for (let layer = 0; layer < layers; layer++) {
        const value = this.plane.mean(layer, first, end);
        if (!Number.isNaN(value)) pixels[layer * columns.count + column] = table[entryOf(value, low, high)] ?? 0;
      }
    }
    const { canvas } = this.frame;
    canvas.width = columns.count;
    canvas.height = layers;
    const image = new ImageData(new Uint8ClampedArray(pixels.buffer), columns.count, layers);
    canvas.getContext("2d")?.putImageData(image, 0, 0);
    this.legend.draw(table);
  }

  /** Tells the mean of a run of segments in a layer, or over all layers; of no run, nothing. */
  tell(run: readonly [first: number, end: number] | undefined, layer: number | undefined): void {
    const value = run && this.plane && meanOf(this.plane, run, layer);
    this.frame.tell(value === undefined ? "" : this.format(value));
    this.legend.point(value);
  }

  /** A value in words; of one that is not known, so much. */
  format(value: number): string {
    return Number.isNaN(value) ? "not known yet" : this.statistic.format(value);
  }
}

function meanOf(plane: PoolingPlane, [first, end]: readonly [first: number, end: number], layer?: number): number {
  if (layer !== undefined) return plane.mean(layer, first, end);
  const layers = Array.from({ length: plane.layers }, (_, each) => plane.mean(each, first, end));
  return layers.reduce((sum, value) => sum + value, 0) / plane.layers;
}
