import { counted } from "../../src/analysis/figures";
import { segmentCount } from "../../src/analysis/segmentFigures";
import { element } from "../dom";
import type { Excerpts } from "../excerpts";
import { inNextFrame } from "../frame";
import type { InStep } from "../inStep";
import { readKnobs, turnKnobs } from "../knobs";
import type { Post, Section, View } from "../view";
import { intensitySlider, zoomButtons } from "./controls";
import { Cursor } from "./cursor";
import { MapTable } from "./mapTable";
import { Plot } from "./plot";
import { shareAt, zoomByPointer } from "./pointerZoom";
import { Readout } from "./readout";
import { TokenStrip } from "./tokenStrip";
import { Zoom } from "./zoom";
import { zoomByKey } from "./zoomKeys";

/** How the model read and pooled the document: contributions and pooling maps, to be zoomed and pointed at. */
export class MapsSection implements Section {
  private readonly zoom = new Zoom();
  private readonly plot: Plot;
  private readonly cursor: Cursor;
  private readonly readout: Readout;
  private readonly table: MapTable;
  private readonly tokens: TokenStrip;
  private view: View | undefined;

  readonly element: HTMLElement;

  constructor(
    private readonly post: Post,
    excerpts: Excerpts,
    private readonly inStep: InStep,
  ) {
    this.plot = new Plot(this.zoom, inStep);
    this.cursor = new Cursor(this.plot, inStep);
    this.readout = new Readout(this.plot, this.cursor, inStep, excerpts);
    const head = element("div", { class: "section-head" }, element("h2", {}, "Pooling Maps"), zoomButtons(this.zoom));
    this.table = new MapTable(this.zoom, this.plot.strip, (segment) => {
      this.reveal(segment, false);
    });
    this.tokens = new TokenStrip(this.zoom, post);
    const intensity = intensitySlider(this.plot.redraw);
    this.element = element(
      "section",
      { class: "maps" },
      head,
      this.plot.element,
      this.tokens.element,
      intensity,
      this.table.element,
    );
    this.plot.onDraw(() => {
      this.tokens.redraw();
      this.readout.update();
    });
    inStep.onReveal((segment) => {
      this.zoom.bringIntoSight(segment);
    });
    this.zoom.onChange(() => {
      const { from, to, segments } = this.zoom;
      if (this.view) turnKnobs({ zoom: { readingId: this.view.readingId, segments, from, to } });
    });
    this.listen(this.plot.area);
  }

  render(view: View): void {
    const before = this.view;
    this.view = view;
    const segments = segmentCount(view.analysis);
    if (before?.readingId !== view.readingId || this.zoom.segments !== segments) {
      const { zoom } = readKnobs();
      this.zoom.useFor(segments);
      if (zoom?.readingId === view.readingId && zoom.segments === segments) this.zoom.show(zoom.from, zoom.to);
    }
    this.readout.useFor(view.analysis);
    this.plot.show(view);
    this.table.show(view);
    this.tokens.show(view);
    const size = `${counted(view.analysis.pooling.layers, "layer")} by ${counted(segments, "segment")}`;
    this.plot.area.setAttribute("aria-label", `Contributions and pooling maps, ${size}; a table follows`);
  }

  /** Takes what the host says of a segment's tokens. */
  receive(answer: Parameters<TokenStrip["receive"]>[0]): void {
    this.tokens.receive(answer);
  }

  private listen(area: HTMLElement): void {
    area.tabIndex = 0;
    // So that a screen reader leaves the arrow keys to the maps.
    area.setAttribute("role", "application");
    let latest: MouseEvent | undefined;
    const follow = inNextFrame(() => {
      if (!latest) return;
      this.cursor.moveTo(latest, shareAt(area, latest));
      // Another layer of the segment pointed at before is news to these maps alone.
      this.readout.update();
    });
    area.addEventListener("pointermove", (event) => {
      latest = event;
      follow();
    });
    area.addEventListener("pointerleave", () => {
      latest = undefined;
      this.cursor.leave();
    });
    area.addEventListener("blur", () => {
      if (!latest) this.cursor.leave();
    });
    area.addEventListener("keydown", (event) => {
      if (this.handleKey(event)) event.preventDefault();
    });
    // A click may come before the frame that follows the pointer to it.
    const segmentAt = (event: MouseEvent): number | undefined => {
      this.cursor.moveTo(event, shareAt(area, event));
      return this.inStep.pointed;
    };
    zoomByPointer(area, this.zoom, segmentAt, (event) => {
      segmentAt(event);
      this.choose(false);
    });
    area.addEventListener("wheel", (event) => {
      // What the pointer rests on has changed under it.
      if (!event.defaultPrevented) return;
      latest = event;
      follow();
    });
  }

  private handleKey(event: KeyboardEvent): boolean {
    const { pointed } = this.inStep;
    const anchor = pointed === undefined ? 0.5 : this.plot.columns.shareOf(pointed + 0.5);
    if (zoomByKey(event, this.zoom, Math.max(0, Math.min(1, anchor)))) return true;
    if (event.key === "Escape") this.cursor.leave();
    else if (event.key === "Enter" || event.key === " ") this.choose(event.key === "Enter");
    else {
      const moved = this.cursor.handleKey(event.key, this.zoom.segments, (segment) => {
        this.zoom.bringIntoSight(segment);
      });
      if (moved) this.readout.speak();
      return moved;
    }
    return true;
  }

  private choose(focus: boolean): void {
    if (this.inStep.pointed !== undefined) this.reveal(this.inStep.pointed, focus);
  }

  private reveal(segment: number, focus: boolean): void {
    if (this.view) this.post({ type: "reveal", readingId: this.view.readingId, segment, focus });
  }
}
