import { counted } from "../../src/analysis/figures";
import type { PoolingMeans } from "../../src/analysis/poolingMeans";
import { scaleOfBoth } from "../../src/analysis/scale";
import { contributions, segmentCount } from "../../src/analysis/segmentFigures";
import { STATISTICS } from "../../src/analysis/statistics";
import type { Comparison, FromComparison, Pair, Which } from "../../src/views/comparison/protocol";
import { element, show } from "../dom";
import type { Excerpts } from "../excerpts";
import { inNextFrame } from "../frame";
import { Axis as AxisTicks } from "../maps/axis";
import { colourTable } from "../maps/colourTable";
import type { Run } from "../maps/columns";
import { HeatMap } from "../maps/heatMap";
import type { MapFrame } from "../maps/mapFrame";
import { ContributionStrip } from "../maps/strip";
import { onThemeChange } from "../theme";
import type { Axis } from "./axis";
import { both } from "./pair";
import type { PairedLabel } from "./pairedHead";
import { PairedPointer } from "./pairedPointer";

/** Contributions and pooling maps of both sides, each pair on one scale and all over one axis. */
export class PairedPlot {
  private readonly strips: Pair<ContributionStrip> = [new ContributionStrip(), new ContributionStrip()];
  private readonly maps: readonly Pair<HeatMap>[];
  private readonly contribution = element("h3");
  private readonly plot = element("div", { class: "plot", role: "img" });
  private readonly ticks = new AxisTicks();
  private readonly pointer: PairedPointer;
  private readonly redraw = inNextFrame(() => {
    this.draw();
  });

  readonly element: HTMLElement;

  constructor(
    private readonly comparison: Comparison,
    private readonly axis: Axis,
    private readonly means: Pair<PoolingMeans>,
    excerpts: Pair<Excerpts>,
    post: (message: FromComparison) => void,
  ) {
    this.maps = STATISTICS.map((_, statistic) => {
      const scale = scaleOfBoth(means[0].scale(statistic), means[1].scale(statistic));
      return both(means, (each) => {
        const map = new HeatMap(statistic);
        map.show(each, scale);
        return map;
      });
    });
    const tell = (side: Which, run: Run | undefined): void => {
      const strip = this.strips[side];
      strip.tell(run && strip.strongest(run));
      for (const pair of this.maps) pair[side].tell(run, undefined);
    };
    this.pointer = new PairedPointer(this.plot, comparison, axis, this.strips, excerpts, { post, tell });
    const headings = STATISTICS.map(({ title, meaning }) =>
      element("h3", {}, title, " ", element("span", { class: "quiet" }, meaning)),
    );
    const pairs = [this.strips, ...this.maps].map(([a, b]): Pair<MapFrame> => [a.frame, b.frame]);
    this.plot.append(
      ...pairs.map((frames, index) => {
        both(comparison.sides, ({ title }, side) => {
          frames[side].rename(title, "");
          this.pointer.follow(frames[side].body, side);
        });
        const heading = headings[index - 1] ?? this.contribution;
        return element("div", { class: "map-pair" }, heading, ...frames.map((frame) => frame.element));
      }),
    );
    // Until there is a label to speak of.
    show(this.contribution, false);
    for (const { frame } of this.strips) show(frame.element, false);
    const sizes = comparison.sides.map(({ title, analysis }) => `${title}, ${sizeOf(analysis)}`).join(" and ");
    this.plot.setAttribute("aria-label", `Contributions and pooling maps of ${sizes}; a table follows`);
    this.element = element(
      "section",
      { class: "paired-maps" },
      element("h2", {}, "Contributions and Pooling Maps"),
      element("p", { class: "quiet" }, `${axis.about} Heights and colours mean the same in both.`),
      element("div", { class: "plot-frame" }, this.plot, this.ticks.element),
    );
    new ResizeObserver(this.redraw).observe(this.plot);
    onThemeChange(this.redraw);
  }

  /** Speaks of another label. */
  show({ name, heads }: PairedLabel): void {
    const ends = both(this.strips, (strip, side) => {
      const [head, label] = [heads[side], heads[side].labels.indexOf(name)];
      strip.show({ head, label, values: contributions(head, label) });
      strip.frame.rename(this.comparison.sides[side].title, wayOf(heads[side].contributionKind));
      show(strip.frame.element, true);
      return strip.ends;
    });
    const high = Math.max(ends[0][0], ends[1][0]);
    const low = Math.min(ends[0][1], ends[1][1]);
    for (const strip of this.strips) strip.fit([high, low]);
    show(this.contribution, true);
    this.contribution.replaceChildren("Contribution ", element("span", { class: "quiet" }, `to the logit of ${name}`));
    this.redraw();
  }

  private draw(): void {
    const width = Math.max(1, Math.round(this.plot.clientWidth * devicePixelRatio));
    const table = colourTable(0);
    this.pointer.cuts = both(this.comparison.sides, (_, side) => {
      const cut = this.axis.cut(side, width);
      this.strips[side].draw(cut);
      const cells = this.means[side].cells(cut.first, cut.end);
      for (const pair of this.maps) pair[side].draw(cells, cut.count, table);
      return cut;
    });
    this.ticks.draw((most) => this.axis.ticks(most));
  }
}

function sizeOf(analysis: Comparison["sides"][0]["analysis"]): string {
  return `${counted(analysis.pooling.layers, "layer")} by ${counted(segmentCount(analysis), "segment")}`;
}

function wayOf(kind: PairedLabel["heads"][0]["contributionKind"]): string {
  return kind === "additive" ? "" : "by leaving out";
}
