import { counted } from "../../src/analysis/figures";
import type { PoolingMeans } from "../../src/analysis/poolingMeans";
import { segmentCount } from "../../src/analysis/segmentFigures";
import type { Comparison, FromComparison, Pair } from "../../src/views/comparison/protocol";
import { element } from "../dom";
import type { Excerpts } from "../excerpts";
import { intensitySlider, zoomButtons } from "../maps/controls";
import { navigate, type Navigable } from "../maps/navigation";
import { Zoom } from "../maps/zoom";
import type { Axis } from "./axis";
import { readKnobs, turnKnobs } from "./knobs";
import { PairedCursor } from "./pairedCursor";
import type { PairedLabel } from "./pairedHead";
import { PairedPlot } from "./pairedPlot";
import { PairedReadout } from "./pairedReadout";

/** Contributions and pooling maps of both, under one zoom and one cursor. */
export class PairedMaps implements Navigable {
  private readonly zoom = new Zoom();
  private readonly plot: PairedPlot;
  private readonly cursor: PairedCursor;
  private readonly readout: PairedReadout;

  readonly element: HTMLElement;

  constructor(
    comparison: Comparison,
    private readonly axis: Axis,
    means: Pair<PoolingMeans>,
    excerpts: Pair<Excerpts>,
    private readonly post: (message: FromComparison) => void,
  ) {
    this.zoom.useFor(axis.length);
    const { intensity, zoom } = readKnobs();
    if (zoom) this.zoom.show(...zoom);
    this.plot = new PairedPlot(comparison, axis, this.zoom, means);
    this.cursor = new PairedCursor(this.plot, axis, this.zoom);
    this.readout = new PairedReadout(comparison, axis, this.plot, this.cursor, excerpts);
    const title = element("h2", {}, "Contributions and Pooling Maps");
    const buttons = zoomButtons(this.zoom, () => {
      this.speakPart();
    });
    const slider = intensitySlider(intensity, (chosen) => {
      turnKnobs({ intensity: chosen });
      this.plot.redraw();
    });
    this.element = element(
      "section",
      { class: "paired-maps" },
      element("div", { class: "section-head" }, title, buttons),
      element("p", { class: "quiet" }, `${axis.about} Heights and colours mean the same in both.`),
      this.plot.element,
      slider,
    );
    this.plot.onDraw(() => {
      this.readout.update();
    });
    this.zoom.onChange(() => {
      turnKnobs({ zoom: [this.zoom.from, this.zoom.to] });
    });
    const sizes = comparison.sides.map(({ title: name, analysis }) => `${name}, ${sizeOf(analysis)}`).join(" and ");
    this.plot.area.setAttribute("aria-label", `Contributions and pooling maps of ${sizes}; a table follows`);
    navigate(this.plot.area, this.zoom, this);
  }

  /** Speaks of another label. */
  show(label: PairedLabel): void {
    this.plot.show(label);
  }

  get pointed(): readonly [from: number, to: number] | undefined {
    return this.cursor.part;
  }

  moveTo(event: MouseEvent, share: number): void {
    this.cursor.moveTo(event, share);
    this.readout.update();
  }

  moveByKey(key: string): boolean {
    const moved = this.cursor.moveByKey(key);
    if (moved) this.readout.speak();
    return moved;
  }

  speakPart(): void {
    this.readout.speakPart(this.axis.describe(this.zoom.from, this.zoom.to));
  }

  leave(): void {
    this.cursor.leave();
    this.readout.updateSoon();
  }

  choose(focus: boolean): void {
    const { side } = this.cursor;
    const segment = this.cursor.segmentAt(side);
    if (segment !== undefined) this.post({ type: "reveal", side, segment, focus });
  }
}

function sizeOf(analysis: Comparison["sides"][0]["analysis"]): string {
  return `${counted(analysis.pooling.layers, "layer")} by ${counted(segmentCount(analysis), "segment")}`;
}
