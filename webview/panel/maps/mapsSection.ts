import { counted } from "../../../src/analysis/figures";
import { segmentCount } from "../../../src/analysis/segmentFigures";
import { element } from "../../dom";
import type { Excerpts } from "../../excerpts";
import { intensitySlider, zoomButtons } from "../../maps/controls";
import { navigate, type Navigable } from "../../maps/navigation";
import { segmentsInWords } from "../../maps/ticks";
import { Zoom } from "../../maps/zoom";
import type { Post, Section, View } from "../../view";
import type { InStep } from "../inStep";
import { readKnobs, turnKnobs } from "../knobs";
import { Cursor } from "./cursor";
import { MapTable } from "./mapTable";
import { movedBy } from "./movedBy";
import { Plot } from "./plot";
import { Readout } from "./readout";
import { TokenStrip } from "./tokenStrip";

/** How the model read and pooled the document: contributions and pooling maps, to be zoomed and pointed at. */
export class MapsSection implements Section, Navigable {
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
    const buttons = zoomButtons(this.zoom, () => {
      this.speakPart();
    });
    const head = element("div", { class: "section-head" }, element("h2", {}, "Pooling Maps"), buttons);
    this.table = new MapTable(this.zoom, this.plot.strip, (segment) => {
      this.reveal(segment, false);
    });
    this.tokens = new TokenStrip(this.zoom, post);
    const intensity = intensitySlider(readKnobs().intensity, (chosen) => {
      turnKnobs({ intensity: chosen });
      this.plot.redraw();
    });
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
      if (this.view) turnKnobs({ zoom: { document: this.view.document, segments, from, to } });
    });
    navigate(this.plot.area, this.zoom, this);
  }

  render(view: View): void {
    const before = this.view;
    this.view = view;
    const segments = segmentCount(view.analysis);
    // Another model may not have the layer that the cursor was on.
    if (before?.readingId !== view.readingId) this.cursor.leave();
    if (before?.document !== view.document) this.keepPart(before, view);
    else if (this.zoom.segments !== segments) {
      this.table.keepPage(() => {
        this.keepPart(before, view);
      });
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

  /** Asks the host again for what has not come. */
  askAgain(): void {
    this.tokens.askAgain();
  }

  /** Says whether the text or the settings are others by now than those of what is shown. */
  markStale(isStale: boolean): void {
    this.tokens.markStale(isStale);
  }

  get pointed(): readonly [from: number, to: number] | undefined {
    const { pointed } = this.inStep;
    return pointed === undefined ? undefined : [pointed, pointed + 1];
  }

  moveTo(event: MouseEvent, share: number): void {
    this.cursor.moveTo(event, share);
    // Another layer of the segment pointed at before is news to these maps alone.
    this.readout.update();
  }

  moveByKey(key: string): boolean {
    const moved = this.cursor.handleKey(key, this.zoom.segments, (segment) => {
      this.zoom.bringIntoSight(segment);
    });
    if (moved) this.readout.speak();
    return moved;
  }

  speakPart(): void {
    const { from, to, segments } = this.zoom;
    this.readout.speakPart(segmentsInWords(from, to, segments));
  }

  leave(): void {
    this.cursor.leave();
  }

  choose(focus: boolean): void {
    if (this.inStep.pointed !== undefined) this.reveal(this.inStep.pointed, focus);
  }

  /** Shows the part of the document that was shown of an earlier reading; of a document that was not shown last, all. */
  private keepPart(before: View | undefined, { document, analysis }: View): void {
    const { zoom } = readKnobs();
    const segments = segmentCount(analysis);
    this.zoom.useFor(segments);
    if (zoom?.document !== document || zoom.to - zoom.from >= zoom.segments) return;
    const { from, to } = zoom;
    const earlier = before?.document === document ? before.analysis : undefined;
    if (earlier?.segmentation === analysis.segmentation) {
      // What is typed in live mode changes the segments a little.
      const moved = movedBy(earlier.bounds, analysis.bounds, from, to);
      this.zoom.show(from + moved, to + moved);
    } else {
      const scale = segments / zoom.segments;
      this.zoom.show(from * scale, to * scale);
    }
  }

  private reveal(segment: number, focus: boolean): void {
    if (this.view) this.post({ type: "reveal", readingId: this.view.readingId, segment, focus });
  }
}
