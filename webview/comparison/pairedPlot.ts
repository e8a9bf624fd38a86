import type { PoolingMeans } from "../../src/analysis/poolingMeans";
import { scaleOfBoth } from "../../src/analysis/scale";
import { contributions } from "../../src/analysis/segmentFigures";
import { STATISTICS } from "../../src/analysis/statistics";
import type { Comparison, Pair } from "../../src/views/comparison/protocol";
import { element, show } from "../dom";
import { inNextFrame } from "../frame";
import { Listeners } from "../listeners";
import { AxisTicks } from "../maps/axisTicks";
import { colourTable } from "../maps/colourTable";
import type { Cut } from "../maps/columns";
import { HeatMap } from "../maps/heatMap";
import type { MapFrame } from "../maps/mapFrame";
import { ContributionStrip } from "../maps/strip";
import type { Zoom } from "../maps/zoom";
import { onResize } from "../resize";
import { onThemeChange } from "../theme";
import type { Axis } from "./axis";
import { readKnobs } from "./knobs";
import { both } from "./pair";
import type { PairedLabel } from "./pairedHead";
import { PairedOverview } from "./pairedOverview";

/** The same strip or map of both sides, one below the other. */
export interface PlotPair {
  readonly name: string;
  readonly frames: Pair<MapFrame>;
  /** Holds the frames. */
  readonly element: HTMLElement;
}

/** An overview of both sides and, for the part that it says, their contributions and maps, each pair on one scale. */
export class PairedPlot {
  readonly strips: Pair<ContributionStrip> = [new ContributionStrip(), new ContributionStrip()];
  readonly maps: readonly Pair<HeatMap>[];
  /** What lies over one axis; its width is the maps'. */
  readonly area = element("div", { class: "plot" });
  /** What is drawn; undefined before the first time. */
  cuts: Pair<Cut> | undefined;
  private readonly contribution = element("h3");
  private readonly allPairs: readonly PlotPair[];
  private readonly overview: PairedOverview;
  private readonly ticks = new AxisTicks();
  private readonly drawn = new Listeners();
  /** Calls the listener after each drawing. */
  readonly onDraw = this.drawn.add;

  readonly element: HTMLElement;
  /** Draws what lies over the axis in the next frame. */
  readonly redraw = inNextFrame(() => {
    this.draw();
  });
  private readonly redrawOverview = inNextFrame(() => {
    this.overview.draw(this.strips, this.width);
  });

  constructor(
    private readonly comparison: Comparison,
    private readonly axis: Axis,
    private readonly zoom: Zoom,
    readonly means: Pair<PoolingMeans>,
  ) {
    this.overview = new PairedOverview(axis, zoom);
    this.maps = STATISTICS.map((_, statistic) => {
      const scale = scaleOfBoth(means[0].scale(statistic), means[1].scale(statistic));
      return both(means, (each) => {
        const map = new HeatMap(statistic);
        map.show(each, scale);
        return map;
      });
    });
    const headings = STATISTICS.map(({ title, meaning }) =>
      element("h3", {}, title, " ", element("span", { class: "quiet" }, meaning)),
    );
    this.allPairs = [this.strips, ...this.maps].map(([a, b], index) => {
      const frames = [a.frame, b.frame] as const;
      both(comparison.sides, ({ title }, side) => {
        frames[side].rename(title, "");
      });
      const heading = headings[index - 1] ?? this.contribution;
      const parts = frames.map((frame) => frame.element);
      return {
        name: STATISTICS[index - 1]?.name ?? "Contribution",
        frames,
        element: element("div", { class: "map-pair" }, heading, ...parts),
      };
    });
    this.area.append(...this.allPairs.map((pair) => pair.element));
    // Until there is a label to speak of.
    show(this.contribution, false);
    for (const { frame } of this.strips) show(frame.element, false);
    this.element = element("div", { class: "plot-frame" }, this.overview.element, this.area, this.ticks.element);
    zoom.onChange(this.redraw);
    const redrawAll = (): void => {
      this.redraw();
      this.redrawOverview();
    };
    onResize(this.area, redrawAll);
    onThemeChange(redrawAll);
  }

  /** From top to bottom; without the contributions while there is no label to speak of. */
  get pairs(): readonly PlotPair[] {
    return this.allPairs.filter(({ frames: [frame] }) => !frame.element.hidden);
  }

  /** Speaks of another label. */
  show({ name, heads }: PairedLabel): void {
    const ends = both(this.strips, (strip, side) => {
      const [head, label] = [heads[side], heads[side].labels.indexOf(name)];
      strip.show({ head, label, values: contributions(head, label) });
      strip.frame.rename(this.comparison.sides[side].title, wayOf(head.contributionKind));
      show(strip.frame.element, true);
      return strip.ends;
    });
    const high = Math.max(ends[0][0], ends[1][0]);
    const low = Math.min(ends[0][1], ends[1][1]);
    for (const strip of this.strips) strip.fit([high, low]);
    show(this.contribution, true);
    this.contribution.replaceChildren("Contribution ", element("span", { class: "quiet" }, `to the logit of ${name}`));
    this.redraw();
    this.redrawOverview();
  }

  /** Where a place of the axis lies, as a share of the width; outside of 0 to 1 where it is out of sight. */
  shareOf(place: number): number {
    return (place - this.zoom.from) / this.zoom.width;
  }

  private get width(): number {
    return Math.max(1, Math.round(this.area.clientWidth * devicePixelRatio));
  }

  private draw(): void {
    const { width } = this;
    const { from, to } = this.zoom;
    const table = colourTable(readKnobs().intensity);
    this.cuts = both(this.comparison.sides, (_, side) => {
      const cut = this.axis.cut(side, from, to, width);
      const cells = this.means[side].cells(cut.first, cut.end);
      this.strips[side].draw(cut);
      for (const pair of this.maps) pair[side].draw(cells, cut.count, table);
      return cut;
    });
    this.overview.update();
    this.ticks.draw((most) => this.axis.ticks(from, to, most));
    this.drawn.tell();
  }
}

function wayOf(kind: PairedLabel["heads"][0]["contributionKind"]): string {
  return kind === "additive" ? "" : "by leaving out";
}
