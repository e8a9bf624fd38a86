import type { Zoom } from "./zoom";

/** The part of what is shown that one key press moves by. */
const STEP = 0.1;

/** Zooms with + and −, moves with Page Up, Page Down and Shift with the arrows, shows all with 0; whether it did. */
export function zoomByKey({ key, shiftKey }: KeyboardEvent, zoom: Zoom, anchor: number): boolean {
  switch (shiftKey && key.startsWith("Arrow") ? `Shift+${key}` : key) {
    case "+":
    case "=":
      zoom.zoom(2, anchor);
      return true;
    case "-":
      zoom.zoom(1 / 2, anchor);
      return true;
    case "0":
      zoom.show(0, zoom.segments);
      return true;
    case "PageUp":
      zoom.pan(-zoom.width);
      return true;
    case "PageDown":
      zoom.pan(zoom.width);
      return true;
    case "Shift+ArrowLeft":
      zoom.pan(-zoom.width * STEP);
      return true;
    case "Shift+ArrowRight":
      zoom.pan(zoom.width * STEP);
      return true;
    default:
      return false;
  }
}
