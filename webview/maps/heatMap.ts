import { OUTLIERS, RUNS, type PoolingMeans } from "../../src/analysis/poolingMeans";
import type { Scale } from "../../src/analysis/scale";
import { STATISTICS } from "../../src/analysis/statistics";
import { element, property } from "../dom";
import { drawPixels } from "./pixels";
import { entryOf } from "./colourTable";
import type { Run } from "./columns";
import { highest } from "./highest";
import { Legend } from "./legend";
import { MapFrame } from "./mapFrame";

/** One statistic of every layer and segment as coloured cells, layers down, below its name and its colours' meaning. */
export class HeatMap {
  readonly frame: MapFrame;
  means: PoolingMeans | undefined;
  private scale: Scale = { low: NaN, high: NaN };
  private readonly legend: Legend;
  private readonly lastLayer = element("span");

  /** @param statistic Its index in {@link STATISTICS}. */
  constructor(private readonly statistic: number) {
    const { name = "", meaning = "" } = STATISTICS[statistic] ?? {};
    const about = `At most ${OUTLIERS * 100}% of up to ${RUNS} equal parts of the document lie beyond either end; of single segments it may be more.`;
    this.legend = new Legend((value) => this.format(value), about);
    this.frame = new MapFrame(this.legend.element);
    this.frame.rename(name, meaning);
    const layers = element(
      "div",
      { class: "map-layers", "aria-hidden": "true" },
      element("span", {}, "1"),
      this.lastLayer,
    );
    this.frame.element.append(layers);
  }

  /** Takes another document's figures, to be drawn by their own scale or by one that others share. */
  show(means: PoolingMeans, scale: Scale = means.scale(this.statistic)): void {
    this.means = means;
    this.scale = scale;
    this.lastLayer.textContent = means.layers > 1 ? String(means.layers) : "";
    property(this.frame.element, "--layers", means.layers);
    this.legend.show(this.scale);
  }

  /**
   * Draws a pixel to a column and layer, which the style sheet stretches; what is not known is left transparent.
   *
   * @param cells [6, layers, columns] The means of all statistics in so many columns.
   */
  draw(cells: Float64Array, columns: number, table: Uint32Array<ArrayBuffer>): void {
    if (!this.means) return;
    const { layers } = this.means;
    const pixels = new Uint32Array(layers * columns);
    for (let pixel = 0; pixel < pixels.length; pixel++) {
      const value = cells[this.statistic * pixels.length + pixel] ?? NaN;
      if (!Number.isNaN(value)) pixels[pixel] = table[entryOf(this.scale, value)] ?? 0;
    }
    drawPixels(this.frame.canvas, pixels, columns, layers);
    this.legend.draw(table);
  }

  /** Tells the mean of a run of segments in a layer, or over all layers; of no run, nothing. */
  tell(run: Run | undefined, layer: number | undefined): void {
    const value = run && this.value(run, layer);
    this.frame.tell(value === undefined ? "" : this.format(value));
    this.legend.point(value);
  }

  /** The segment of a run that is highest in a layer. */
  highest(run: Run, layer: number): number {
    return highest(run, (segment) => this.means?.mean(this.statistic, layer, segment, segment + 1) ?? NaN);
  }

  private format(value: number): string {
    return STATISTICS[this.statistic]?.format(value) ?? "";
  }

  private value([first, end]: Run, layer: number | undefined): number | undefined {
    const { means, statistic } = this;
    if (!means || layer !== undefined) return means?.mean(statistic, layer ?? 0, first, end);
    let sum = 0;
    for (let each = 0; each < means.layers; each++) sum += means.mean(statistic, each, first, end);
    return sum / means.layers;
  }
}
