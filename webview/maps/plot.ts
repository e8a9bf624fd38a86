import type { Analysis } from "../../src/analysis/analysis";
import { PoolingMeans } from "../../src/analysis/poolingMeans";
import { STATISTICS } from "../../src/analysis/statistics";
import { element } from "../dom";
import { inNextFrame } from "../frame";
import type { InStep } from "../inStep";
import { readKnobs } from "../knobs";
import { onThemeChange } from "../theme";
import type { View } from "../view";
import { Axis } from "./axis";
import { colourTable } from "./colourTable";
import { Columns, type Run } from "./columns";
import { HeatMap } from "./heatMap";
import { Overview } from "./overview";
import { ContributionStrip } from "./strip";
import { segmentTicks } from "./ticks";
import type { Zoom } from "./zoom";

/** The overview and, for the part that it says, the contributions and the pooling maps over one axis of segments. */
export class Plot {
  readonly strip = new ContributionStrip();
  readonly maps = STATISTICS.map((_, statistic) => new HeatMap(statistic));
  readonly overview: Overview;
  /** What lies over one axis; its width is the maps'. */
  readonly area = element(
    "div",
    { class: "plot" },
    this.strip.frame.element,
    ...this.maps.map(({ frame }) => frame.element),
  );
  columns = new Columns(0, 1, 1);
  private readonly axis = new Axis();
  private analysis: Analysis | undefined;
  private readonly listeners: (() => void)[] = [];

  readonly element: HTMLElement;
  /** Draws all of it in the next frame. */
  readonly redraw: () => void;

  constructor(
    private readonly zoom: Zoom,
    inStep: InStep,
  ) {
    this.overview = new Overview(zoom, inStep);
    this.element = element("div", { class: "plot-frame" }, this.overview.element, this.area, this.axis.element);
    this.redraw = inNextFrame(() => {
      this.draw();
    });
    const redrawAll = inNextFrame(() => {
      this.draw();
      this.overview.draw(this.strip.values);
    });
    zoom.onChange(this.redraw);
    inStep.onChange(() => {
      this.overview.update();
    });
    new ResizeObserver(redrawAll).observe(this.area);
    onThemeChange(redrawAll);
  }

  show(view: View): void {
    if (this.analysis !== view.analysis) {
      this.analysis = view.analysis;
      const means = new PoolingMeans(view.analysis);
      for (const map of this.maps) map.show(means);
    }
    this.strip.show(view);
    this.overview.draw(this.strip.values);
    this.draw();
  }

  /** Calls the listener after each drawing. */
  onDraw(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** The segments of the column that a segment is drawn in. */
  runOf(segment: number): Run {
    return this.columns.segmentsOf(this.columns.of(segment));
  }

  private draw(): void {
    const width = Math.max(1, Math.round(this.area.clientWidth * devicePixelRatio));
    if (this.zoom.segments === 0) return;
    this.columns = new Columns(this.zoom.from, this.zoom.to, width);
    const table = colourTable(readKnobs().intensity);
    for (const map of this.maps) map.draw(this.columns, table);
    this.strip.draw(this.columns);
    this.axis.draw((most) => segmentTicks(this.columns, most));
    this.overview.update();
    for (const listener of this.listeners) listener();
  }
}
