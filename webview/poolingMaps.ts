import { count, counted, percent } from "../src/analysis/figures";
import { segmentCount } from "../src/analysis/segmentFigures";
import { element } from "./dom";
import type { Excerpts } from "./excerpts";
import { HeatMap, type Cell } from "./heatMap";
import { readKnobs, turnKnobs } from "./knobs";
import { PALETTE } from "../src/analysis/palette";
import { poolingGrid, segmentsOfColumn, type PoolingGrid } from "../src/analysis/poolingGrid";
import { poolingTable } from "./poolingTable";
import { STATISTICS, statisticAt } from "../src/analysis/statistics";
import { dropdown } from "./ui";
import type { Post, Section, View } from "./view";

/** How the model pooled the document: a map of segments by layers for one statistic at a time. */
export class PoolingMaps implements Section {
  private readonly map: HeatMap;
  private readonly layers = element("ol", { class: "map-layers", "aria-hidden": "true" });
  private readonly meaning = element("span");
  private readonly low = element("span", { class: "figure" });
  private readonly high = element("span", { class: "figure" });
  private readonly extent = element("span", { class: "map-extent quiet" });
  private readonly table = element("details", { class: "map-table" });
  private view: View | undefined;
  private grid: PoolingGrid | undefined;

  readonly element: HTMLElement;

  constructor(
    private readonly post: Post,
    private readonly excerpts: Excerpts,
  ) {
    this.map = new HeatMap({
      describe: (cell) => this.describe(cell),
      onChoose: (cell, focus) => {
        this.reveal(this.highestIn(cell), focus);
      },
    });
    const titles = Object.fromEntries(STATISTICS.map(({ title }, index) => [String(index), title]));
    const choice = dropdown("Pooling statistic", titles, String(readKnobs().statistic), (value) => {
      turnKnobs({ statistic: Number(value) });
      this.draw();
    });
    const bar = element("div", { class: "scale-bar" }, this.low, legend(), this.high);
    this.element = element(
      "section",
      { class: "maps" },
      element("div", { class: "section-head" }, element("h2", {}, "Pooling Maps"), choice),
      element("div", { class: "map-frame" }, this.layers, this.map.element, this.extent),
      element("div", { class: "scale" }, bar, this.meaning),
      this.table,
    );
    excerpts.onReceive(() => {
      this.map.refresh();
    });
    new ResizeObserver(() => {
      this.draw();
    }).observe(this.map.element);
  }

  render(view: View): void {
    const sameReading = this.view?.readingId === view.readingId;
    this.view = view;
    if (!sameReading) this.draw();
  }

  private draw(): void {
    if (!this.view) return;
    const { analysis } = this.view;
    const { statistic } = readKnobs();
    const { title = "", meaning = "", format = String } = STATISTICS[statistic] ?? {};
    const grid = poolingGrid(analysis, statistic, this.map.resolution);
    this.grid = grid;
    this.meaning.textContent = meaning;
    this.low.textContent = format(grid.low);
    this.high.textContent = format(grid.high);
    this.extent.textContent = extent(segmentCount(analysis), grid.columns);
    this.layers.replaceChildren(
      ...Array.from({ length: grid.layers }, (_, layer) => element("li", {}, String(layer + 1))),
    );
    const size = `${counted(grid.layers, "layer")} by ${counted(segmentCount(analysis), "segment")}`;
    this.map.draw(grid, `${title}, ${size}, mostly ${format(grid.low)} to ${format(grid.high)}; a table follows`);
    const rows = poolingTable(analysis, statistic, (segment) => {
      this.reveal(segment, false);
    });
    this.table.replaceChildren(element("summary", {}, "As a Table"), rows);
  }

  private highestIn({ layer, column }: Cell): number {
    return this.grid?.highest[layer * this.grid.columns + column] ?? 0;
  }

  private describe(cell: Cell): string {
    if (!this.view || !this.grid) return "";
    const { analysis } = this.view;
    const { columns, values } = this.grid;
    const { statistic } = readKnobs();
    const { meaning = "", format = String } = STATISTICS[statistic] ?? {};
    const [first, end] = segmentsOfColumn(cell.column, columns, segmentCount(analysis));
    const highest = this.highestIn(cell);
    this.excerpts.request([highest]);
    const value = format(values[cell.layer * columns + cell.column] ?? 0);
    const share = percent((analysis.segmentTokens[highest] ?? 0) / Math.max(1, analysis.tokens));
    const lines =
      end - first > 1
        ? [
            `Layer ${cell.layer + 1}, segments ${count(first + 1)} to ${count(end)}`,
            `Mean ${value} ${meaning}`,
            `Highest in ${count(highest + 1)}: ${format(statisticAt(analysis, statistic, cell.layer, highest))}`,
          ]
        : [`Layer ${cell.layer + 1}, segment ${count(highest + 1)} (${share} of the tokens)`, `${value} ${meaning}`];
    return [...lines, this.excerpts.of(highest) ?? ""].join("\n");
  }

  private reveal(segment: number, focus: boolean): void {
    if (this.view) this.post({ type: "reveal", readingId: this.view.readingId, segment, focus });
  }
}

/** The colour scale from low to high. */
function legend(): HTMLElement {
  const canvas = element("canvas", { class: "legend", "aria-hidden": "true" });
  canvas.width = PALETTE.length;
  canvas.height = 1;
  const image = new ImageData(new Uint8ClampedArray(PALETTE.slice().buffer), PALETTE.length, 1);
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return canvas;
}

function extent(segments: number, columns: number): string {
  const shared = segments > columns ? `, ${(segments / columns).toFixed(1)} to a column` : "";
  return `Layers down, segments 1 to ${count(segments)} across${shared}`;
}
