import { count, counted } from "../../src/analysis/figures";
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
import { Overlay } from "./overlay";
import { Plot } from "./plot";
import { shareAt, zoomByPointer } from "./pointerZoom";
import { TokenStrip } from "./tokenStrip";
import { Zoom } from "./zoom";
import { zoomByKey } from "./zoomKeys";

/** How the model read and pooled the document: contributions and pooling maps, to be zoomed and pointed at. */
export class MapsSection implements Section {
  private readonly zoom = new Zoom();
  private readonly plot: Plot;
  private readonly cursor: Cursor;
  private readonly overlay: Overlay;
  private readonly table: MapTable;
  private readonly tokens: TokenStrip;
  private readonly spoken = element("div", { class: "spoken", "aria-live": "polite" });
  private view: View | undefined;
  private readonly pointSoon = inNextFrame(() => {
    this.point();
  });

  readonly element: HTMLElement;

  constructor(
    private readonly post: Post,
    private readonly excerpts: Excerpts,
    private readonly inStep: InStep,
  ) {
    this.plot = new Plot(this.zoom, inStep);
    this.cursor = new Cursor(this.plot, inStep);
    const { area } = this.plot;
    this.overlay = new Overlay(area);
    area.append(this.spoken);
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
    inStep.onChange(this.pointSoon);
    excerpts.onReceive(this.pointSoon);
    this.plot.onDraw(() => {
      this.tokens.redraw();
      this.point();
    });
    inStep.onReveal((segment) => {
      this.zoom.bringIntoSight(segment);
    });
    this.zoom.onChange(() => {
      const { from, to, segments } = this.zoom;
      if (this.view) turnKnobs({ zoom: { readingId: this.view.readingId, segments, from, to } });
    });
    this.listen(area);
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
    let latest: PointerEvent | undefined;
    const follow = inNextFrame(() => {
      if (!latest) return;
      this.cursor.moveTo(latest, shareAt(area, latest));
      // Another layer of the segment pointed at before is news to these maps alone.
      this.point();
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
      this.pointSoon();
      // The value stands in the title of the map, which the next frame fills in.
      if (moved) requestAnimationFrame(() => (this.spoken.textContent = this.describeAloud()));
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

  /** Shows on the maps what is pointed at and marked, without drawing them again. */
  private point(): void {
    const { pointed, marked } = this.inStep;
    const { columns, maps, strip } = this.plot;
    const { row } = this.cursor;
    const run = pointed === undefined ? undefined : this.plot.runOf(pointed);
    this.overlay.mark(columns, marked === undefined ? undefined : this.plot.runOf(marked));
    this.overlay.point(columns, run);
    for (const map of maps) map.tell(run, row?.map && row.layer);
    strip.tell(pointed);
    if (pointed !== undefined && row) this.excerpts.request([pointed]);
    const frame = pointed === undefined || !row ? undefined : (row.map ?? strip).frame;
    this.overlay.tell(frame, row?.layer ?? 0, this.describe());
  }

  /** As a screen reader tells it, the value with the rest. */
  private describeAloud(): string {
    const { map } = this.cursor.row ?? {};
    return `${(map ?? this.plot.strip).frame.valueText}, ${this.describe()}`;
  }

  private describe(): string {
    const { pointed } = this.inStep;
    const { row } = this.cursor;
    if (!this.view || pointed === undefined || !row) return "";
    const [first, end] = this.plot.runOf(pointed);
    const parts = [`Segment ${count(pointed + 1)}`, counted(this.view.analysis.segmentTokens[pointed] ?? 0, "token")];
    if (row.map) parts.splice(1, 0, `layer ${row.layer + 1}`);
    const among = end - first > 1 ? [`Highest of segments ${count(first + 1)} to ${count(end)}`] : [];
    return [parts.join(" · "), ...among, this.excerpts.of(pointed) ?? ""].join("\n");
  }
}
