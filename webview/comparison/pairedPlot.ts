import { count, counted } from "../../src/analysis/figures";
import { scaleOfBoth, type PoolingMeans } from "../../src/analysis/poolingMeans";
import { segmentCount } from "../../src/analysis/segmentFigures";
import { STATISTICS } from "../../src/analysis/statistics";
import type { Comparison, FromComparison, Pair, Which } from "../../src/views/comparison/protocol";
import { element, property, show } from "../dom";
import type { Excerpts } from "../excerpts";
import { inNextFrame } from "../frame";
import { colourTable } from "../maps/colourTable";
import type { Cut, Run } from "../maps/columns";
import { HeatMap } from "../maps/heatMap";
import type { MapFrame } from "../maps/mapFrame";
import { shareAt } from "../maps/pointerZoom";
import { ContributionStrip } from "../maps/strip";
import { onThemeChange } from "../theme";
import type { Axis } from "./axis";
import { both } from "./pair";
import type { PairedLabel } from "./pairedHead";

/** Contributions and pooling maps of both sides, each pair on one scale and all over one axis. */
export class PairedPlot {
  private readonly strips: Pair<ContributionStrip> = [new ContributionStrip(), new ContributionStrip()];
  private readonly maps: readonly Pair<HeatMap>[];
  private readonly contribution = element("h3");
  private readonly plot = element("div", { class: "plot", role: "img" });
  private readonly tip = element("div", { class: "tip" });
  /** The share of the width that the pointer is at. */
  private pointed: number | undefined;
  private cuts: Pair<Cut> | undefined;
  private readonly pointSoon = inNextFrame(() => {
    this.point();
  });
  private readonly redraw = inNextFrame(() => {
    this.draw();
  });

  readonly element: HTMLElement;

  constructor(
    private readonly comparison: Comparison,
    private readonly axis: Axis,
    means: Pair<PoolingMeans>,
    private readonly excerpts: Pair<Excerpts>,
    private readonly post: (message: FromComparison) => void,
  ) {
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
    const pairs = [this.strips, ...this.maps].map(([a, b]): Pair<MapFrame> => [a.frame, b.frame]);
    this.plot.append(
      ...pairs.map((frames, index) => {
        both(comparison.sides, ({ title }, side) => {
          frames[side].rename(title, "");
          this.follow(frames[side].body, side);
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
      element("div", { class: "plot-frame" }, this.plot),
    );
    new ResizeObserver(this.redraw).observe(this.plot);
    onThemeChange(this.redraw);
    this.plot.addEventListener("pointerleave", () => {
      this.pointed = undefined;
      this.point();
    });
    for (const each of excerpts) each.onReceive(this.pointSoon);
  }

  /** Speaks of another label. */
  show({ name, heads }: PairedLabel): void {
    const ends = both(this.strips, (strip, side) => {
      strip.show({ head: heads[side], label: heads[side].labels.indexOf(name) });
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
    this.cuts = both(this.comparison.sides, (_, side) => {
      const cut = this.axis.cut(side, width);
      this.strips[side].draw(cut);
      for (const pair of this.maps) pair[side].draw(cut, table);
      return cut;
    });
  }

  /** Has the pointer over one side's map or strip tell of both, and a click show the segment in the editor. */
  private follow(body: HTMLElement, side: Which): void {
    body.addEventListener("pointermove", (event) => {
      this.pointed = shareAt(body, event);
      body.closest(".map-pair")?.append(this.tip);
      this.pointSoon();
    });
    body.addEventListener("click", (event) => {
      const segment = this.segmentAt(side, shareAt(body, event));
      if (segment !== undefined) this.post({ type: "reveal", side, segment });
    });
  }

  /** Shows the values where the pointer is; where it is on no map, nothing. */
  private point(): void {
    const { pointed } = this;
    this.plot.classList.toggle("has-pointed", pointed !== undefined);
    show(this.tip, pointed !== undefined);
    for (const name of ["--pointed", "--pointed-from", "--pointed-to"]) property(this.plot, name, pointed ?? 0);
    both(this.strips, (strip, side) => {
      const run = pointed === undefined ? undefined : this.runAt(side, pointed);
      strip.tell(run && strip.strongest(run));
      for (const pair of this.maps) pair[side].tell(run, undefined);
    });
    if (pointed !== undefined) this.tip.textContent = this.axis.told.map((side) => this.tell(side, pointed)).join("\n");
  }

  /** What a side has at a share of the width, in words. */
  private tell(side: Which, share: number): string {
    const segment = this.segmentAt(side, share) ?? 0;
    this.excerpts[side].request([segment]);
    const { title, analysis } = this.comparison.sides[side];
    const whose = this.axis.told.length > 1 ? `${title}: ` : "";
    const size = counted(analysis.segmentTokens[segment] ?? 0, "token");
    return `${whose}Segment ${count(segment + 1)} · ${size}\n${this.excerpts[side].of(segment) ?? ""}`;
  }

  /** The segment that contributes most of those drawn at a share of the width. */
  private segmentAt(side: Which, share: number): number | undefined {
    const run = this.runAt(side, share);
    return run && this.strips[side].strongest(run);
  }

  private runAt(side: Which, share: number): Run | undefined {
    const cut = this.cuts?.[side];
    if (!cut) return undefined;
    const column = Math.min(cut.count - 1, Math.floor(share * cut.count));
    return [cut.first[column] ?? 0, cut.end[column] ?? 0];
  }
}

function sizeOf(analysis: Comparison["sides"][0]["analysis"]): string {
  return `${counted(analysis.pooling.layers, "layer")} by ${counted(segmentCount(analysis), "segment")}`;
}

function wayOf(kind: PairedLabel["heads"][0]["contributionKind"]): string {
  return kind === "additive" ? "" : "by leaving out";
}
