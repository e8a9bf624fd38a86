import { count } from "../../src/analysis/figures";
import { element, property, show } from "../dom";
import type { InStep } from "../inStep";
import type { View } from "../view";
import { Columns } from "./columns";
import { shareAt, SLACK } from "./pointerZoom";
import { drawColours } from "./signedBars";
import type { Zoom } from "./zoom";
import { zoomByKey } from "./zoomKeys";

type Grip = "from" | "to" | "whole" | "new";

/** All of the document on one line, with what the maps show of it as a brush, and what the editor shows as a band. */
export class Overview {
  private readonly canvas = element("canvas", { "aria-hidden": "true" });
  private readonly brush = element(
    "div",
    { class: "brush" },
    element("div", { class: "brush-grip", "data-grip": "from" }),
    element("div", { class: "brush-grip", "data-grip": "to" }),
  );
  private readonly sight = element("div", { class: "overview-sight", title: "In sight in the editor" });
  private readonly marked = element("div", { class: "overview-marked" });

  readonly element = element(
    "div",
    { class: "overview", role: "slider", tabindex: "0", "aria-label": "Part of the document that the maps show" },
    element("div", { class: "overview-line" }, this.canvas, this.brush),
    this.sight,
    this.marked,
  );

  constructor(
    private readonly zoom: Zoom,
    private readonly inStep: InStep,
  ) {
    this.element.addEventListener("pointerdown", (event) => {
      if (event.button === 0) this.drag(event);
    });
    this.element.addEventListener("dblclick", () => {
      zoom.show(0, zoom.segments);
    });
    this.element.addEventListener("keydown", (event) => {
      if (this.handleKey(event)) event.preventDefault();
    });
  }

  /** Draws the contributions to the label that the view speaks of. */
  draw({ values, peak }: Pick<View, "values" | "peak">): void {
    const width = Math.max(1, Math.round(this.canvas.clientWidth * devicePixelRatio));
    drawColours(this.canvas, values, peak, new Columns(0, values.length, width));
  }

  /** Shows where the maps are, and the editor. */
  update(): void {
    const { from, to, segments, isWhole } = this.zoom;
    const all = Math.max(1, segments);
    const { sight, marked } = this.inStep;
    property(this.brush, "--from", from / all);
    property(this.brush, "--to", to / all);
    this.brush.classList.toggle("whole", isWhole);
    show(this.sight, sight !== undefined);
    property(this.sight, "--from", (sight?.[0] ?? 0) / all);
    property(this.sight, "--to", (sight?.[1] ?? 0) / all);
    show(this.marked, marked !== undefined);
    property(this.marked, "--place", ((marked ?? 0) + 0.5) / all);
    const [first, last] = [Math.floor(from) + 1, Math.ceil(to)];
    const part = `segments ${count(first)} to ${count(last)} of ${count(segments)}`;
    for (const [name, value] of [
      ["aria-valuemin", "1"],
      ["aria-valuemax", String(all)],
      ["aria-valuenow", String(first)],
      ["aria-valuetext", isWhole ? `all of ${count(segments)} segments` : part],
    ] as const) {
      this.element.setAttribute(name, value);
    }
  }

  private handleKey(event: KeyboardEvent): boolean {
    const step = Math.max(1, this.zoom.width / 10);
    const moves: Readonly<Partial<Record<string, number>>> = {
      ArrowLeft: -step,
      ArrowRight: step,
      Home: -this.zoom.segments,
      End: this.zoom.segments,
    };
    const move = event.shiftKey ? undefined : moves[event.key];
    if (move === undefined) return zoomByKey(event, this.zoom, 0.5);
    this.zoom.pan(move);
    return true;
  }

  /** Moves the brush, or one of its ends; a drag that begins beside it draws another, and a click moves it there. */
  private drag(down: PointerEvent): void {
    const { zoom } = this;
    const placeAt = (event: MouseEvent): number => shareAt(this.element, event) * zoom.segments;
    const start = { place: placeAt(down), from: zoom.from, to: zoom.to };
    const grip = this.gripAt(down, start.place);
    let dragged = false;
    const move = (event: PointerEvent): void => {
      const place = placeAt(event);
      dragged ||= Math.abs(event.clientX - down.clientX) > SLACK;
      if (!dragged) return;
      if (grip === "whole") zoom.show(start.from + place - start.place, start.to + place - start.place);
      else {
        const fixed = grip === "from" ? start.to : grip === "to" ? start.from : start.place;
        zoom.show(Math.min(place, fixed), Math.max(place, fixed));
      }
    };
    const end = new AbortController();
    this.element.setPointerCapture(down.pointerId);
    this.element.addEventListener("pointermove", move, { signal: end.signal });
    const finish = (): void => {
      end.abort();
      if (!dragged && grip === "new") zoom.pan(start.place - (zoom.from + zoom.to) / 2);
    };
    this.element.addEventListener("pointerup", finish, { signal: end.signal });
    this.element.addEventListener("pointercancel", finish, { signal: end.signal });
  }

  private gripAt({ target }: PointerEvent, place: number): Grip {
    const grip = target instanceof HTMLElement ? target.dataset.grip : undefined;
    if (grip === "from" || grip === "to") return grip;
    return !this.zoom.isWhole && place >= this.zoom.from && place <= this.zoom.to ? "whole" : "new";
  }
}
