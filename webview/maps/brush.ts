import { element, property } from "../dom";
import { isShortcut } from "../shortcut";
import { shareAt, SLACK } from "./pointerZoom";
import type { Zoom } from "./zoom";
import { zoomByKey } from "./zoomKeys";

type Grip = "from" | "to" | "whole" | "new";

/** All there is on a line or two, and on it what the maps show of that: to be moved, drawn anew, and by key. */
export class Brush {
  private readonly brush = element(
    "div",
    { class: "brush" },
    element("div", { class: "brush-grip", "data-grip": "from" }),
    element("div", { class: "brush-grip", "data-grip": "to" }),
  );

  readonly element: HTMLElement;

  /**
   * @param name What a screen reader calls it.
   * @param describe The part that is shown, in words.
   * @param lines What there is, drawn from the first to the last segment.
   */
  constructor(
    private readonly zoom: Zoom,
    name: string,
    private readonly describe: () => string,
    ...lines: readonly HTMLCanvasElement[]
  ) {
    const line = element("div", { class: "overview-line" }, ...lines, this.brush);
    const attributes = { class: "overview", role: "slider", tabindex: "0", "aria-label": name };
    this.element = element("div", attributes, line);
    this.element.addEventListener("pointerdown", (event) => {
      if (event.button === 0) this.drag(event);
    });
    this.element.addEventListener("dblclick", () => {
      zoom.show(0, zoom.segments);
    });
    this.element.addEventListener("keydown", (event) => {
      if (!isShortcut(event) && this.handleKey(event)) event.preventDefault();
    });
  }

  /** Shows where the maps are. */
  update(): void {
    const { from, to, segments, isWhole } = this.zoom;
    const all = Math.max(1, segments);
    property(this.brush, "--from", from / all);
    property(this.brush, "--to", to / all);
    this.brush.classList.toggle("whole", isWhole);
    for (const [name, value] of [
      ["aria-valuemin", "1"],
      ["aria-valuemax", String(all)],
      ["aria-valuenow", String(Math.floor(from) + 1)],
      ["aria-valuetext", this.describe()],
    ] as const) {
      this.element.setAttribute(name, value);
    }
  }

  private handleKey(event: KeyboardEvent): boolean {
    const step = Math.max(1, this.zoom.width / 10);
    const moves: Readonly<Partial<Record<string, number>>> = {
      ArrowLeft: -step,
      ArrowDown: -step,
      ArrowRight: step,
      ArrowUp: step,
      // A slider's value goes up by this key, the other way than the maps do.
      PageUp: this.zoom.width,
      PageDown: -this.zoom.width,
      Home: -this.zoom.segments,
      End: this.zoom.segments,
    };
    const zooms = event.shiftKey && event.key.startsWith("Arrow");
    const move = zooms ? undefined : moves[event.key];
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
