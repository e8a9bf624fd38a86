import { PoolingMeans } from "../../../src/analysis/poolingMeans";
import { STATISTICS } from "../../../src/analysis/statistics";
import { element } from "../../dom";
import { inNextFrame } from "../../frame";
import { Listeners } from "../../listeners";
import { AxisTicks } from "../../maps/axisTicks";
import { colourTable } from "../../maps/colourTable";
import { Columns, type Run } from "../../maps/columns";
import { HeatMap } from "../../maps/heatMap";
import { ContributionStrip } from "../../maps/strip";
import { segmentTicks } from "../../maps/ticks";
import type { Zoom } from "../../maps/zoom";
import { onResize } from "../../resize";
import { onThemeChange } from "../../theme";
import type { View } from "../../view";
import type { InStep } from "../inStep";
import { readKnobs } from "../knobs";
import { Overview } from "./overview";

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
  private readonly ticks = new AxisTicks();
  private view: View | undefined;
  private means: PoolingMeans | undefined;
  private readonly drawn = new Listeners();
  /** Calls the listener after each drawing. */
  readonly onDraw = this.drawn.add;

  readonly element: HTMLElement;
  /** Draws what lies over the axis in the next frame. */
  readonly redraw = inNextFrame(() => {
    this.draw();
  });
  private readonly redrawOverview = inNextFrame(() => {
    if (this.view) this.overview.draw(this.view);
  });

  constructor(
    private readonly zoom: Zoom,
    inStep: InStep,
  ) {
    this.overview = new Overview(zoom, inStep);
    this.element = element("div", { class: "plot-frame" }, this.overview.element, this.area, this.ticks.element);
    zoom.onChange(this.redraw);
    inStep.onChange(() => {
      this.overview.update();
    });
    onResize(this.area, () => {
      if (this.columns.count !== this.width) this.redrawAll();
    });
    onThemeChange(() => {
      this.redrawAll();
    });
  }

  show(view: View): void {
    if (this.view?.analysis !== view.analysis) {
      this.means = new PoolingMeans(view.analysis);
      for (const map of this.maps) map.show(this.means);
    }
    this.view = view;
    this.strip.show(view);
    this.redrawAll();
  }

  /** The segments of the column that a segment is drawn in. */
  runOf(segment: number): Run {
    return this.columns.segmentsOf(this.columns.of(segment));
  }

  private redrawAll(): void {
    this.redraw();
    this.redrawOverview();
  }

  /** The points of the screen that the axis is wide. */
  private get width(): number {
    return Math.max(1, Math.round(this.area.clientWidth * devicePixelRatio));
  }

  private draw(): void {
    if (this.zoom.segments === 0 || !this.means) return;
    this.columns = new Columns(this.zoom.from, this.zoom.to, this.width);
    const table = colourTable(readKnobs().intensity);
    const { first, end, count } = this.columns;
    const cells = this.means.cells(first, end);
    for (const map of this.maps) map.draw(cells, count, table);
    this.strip.draw(this.columns);
    this.ticks.draw((most) => segmentTicks(this.columns, most));
    this.overview.update();
    this.drawn.tell();
  }
}
