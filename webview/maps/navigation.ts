import { inNextFrame } from "../frame";
import { isShortcut } from "../shortcut";
import { shareAt, zoomByPointer } from "./pointerZoom";
import type { Zoom } from "./zoom";
import { zoomByKey } from "./zoomKeys";

/** What the pointer and the keyboard move over the maps. */
export interface Navigable {
  /** From where to where on the axis that lies which is pointed at, if anything. */
  readonly pointed: readonly [from: number, to: number] | undefined;
  /** Points at what is drawn under the pointer, at a share of the width. */
  moveTo(event: MouseEvent, share: number): void;
  /** Goes on by an arrow key, Home or End; whether the key is one of them. */
  moveByKey(key: string): boolean;
  /** Points at nothing. */
  leave(): void;
  /** Has a screen reader tell which part of the axis is shown. */
  speakPart(): void;
  /** Shows what is pointed at in the editor; with `focus` the reader wants to go on there. */
  choose(focus: boolean): void;
}

/** Has the pointer and the keyboard zoom the maps in `area`, move along them, and point at what is in them. */
export function navigate(area: HTMLElement, zoom: Zoom, target: Navigable): void {
  area.tabIndex = 0;
  // So that a screen reader leaves the arrow keys to the maps.
  area.setAttribute("role", "application");
  let latest: MouseEvent | undefined;
  const follow = inNextFrame(() => {
    if (latest) target.moveTo(latest, shareAt(area, latest));
  });
  area.addEventListener("pointermove", (event) => {
    latest = event;
    follow();
  });
  area.addEventListener("pointerleave", () => {
    latest = undefined;
    target.leave();
  });
  area.addEventListener("blur", () => {
    if (!latest) target.leave();
  });
  area.addEventListener("keydown", (event) => {
    if (!isShortcut(event) && handleKey(event)) event.preventDefault();
  });
  zoomByPointer(
    area,
    zoom,
    // A click may come before the frame that follows the pointer to it.
    (event) => {
      target.moveTo(event, shareAt(area, event));
      return target.pointed;
    },
    (event) => {
      target.moveTo(event, shareAt(area, event));
      target.choose(false);
    },
  );
  area.addEventListener("wheel", (event) => {
    // What the pointer rests on has changed under it.
    if (!event.defaultPrevented) return;
    latest = event;
    follow();
  });

  const handleKey = (event: KeyboardEvent): boolean => {
    const { key } = event;
    const [from, to] = target.pointed ?? [zoom.from, zoom.to];
    const anchor = ((from + to) / 2 - zoom.from) / zoom.width;
    if (zoomByKey(event, zoom, Math.max(0, Math.min(1, anchor)))) target.speakPart();
    else if (key === "Escape") target.leave();
    else if (key === "Enter" || key === " ") target.choose(key === "Enter");
    else return target.moveByKey(key);
    return true;
  };
}
