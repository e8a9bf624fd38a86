import type { Zoom } from "./zoom";

/** Pixels that a pointer moves before it drags. */
export const SLACK = 3;
/** The most that one turn of the wheel zooms, as a power of two. */
const MOST_OCTAVES = 0.5;
const OCTAVES_PER_PIXEL = 0.01;
const PIXELS_PER_LINE = 16;

/**
 * The wheel zooms with Ctrl or Cmd, as in the editor, so that it scrolls the page without; sideways or with Shift it
 * moves along the document, and so does dragging. A double click zooms to what is there.
 *
 * @param partAt From where to where that lies which is at an event, if anything.
 * @param onClick Where the pointer clicked without dragging.
 */
export function zoomByPointer(
  target: HTMLElement,
  zoom: Zoom,
  partAt: (event: MouseEvent) => readonly [from: number, to: number] | undefined,
  onClick: (event: MouseEvent) => void,
): void {
  let dragged = false;
  const segmentsPerPixel = (): number => zoom.width / target.clientWidth;

  target.addEventListener(
    "wheel",
    (event) => {
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? PIXELS_PER_LINE : 1;
      const [x, y] = [event.deltaX * unit, event.deltaY * unit];
      const along = event.shiftKey && x === 0 ? y : x;
      if (event.ctrlKey || event.metaKey) {
        const octaves = Math.max(-MOST_OCTAVES, Math.min(MOST_OCTAVES, -y * OCTAVES_PER_PIXEL));
        zoom.zoom(2 ** octaves, shareAt(target, event));
      } else if (!zoom.isWhole && (event.shiftKey || Math.abs(along) > Math.abs(y))) {
        zoom.pan(along * segmentsPerPixel());
      } else return;
      event.preventDefault();
    },
    { passive: false },
  );

  target.addEventListener("pointerdown", (down) => {
    dragged = false;
    if (down.button !== 0) return;
    let x = down.clientX;
    const end = new AbortController();
    const finish = (): void => {
      end.abort();
    };
    const move = (event: PointerEvent): void => {
      // The button was released outside, which is told to nobody until the pointer is captured.
      if ((event.buttons & 1) === 0) {
        finish();
        return;
      }
      if (!dragged && Math.abs(event.clientX - down.clientX) <= SLACK) return;
      if (!dragged) target.setPointerCapture(down.pointerId);
      dragged = true;
      zoom.pan((x - event.clientX) * segmentsPerPixel());
      x = event.clientX;
    };
    target.addEventListener("pointermove", move, { signal: end.signal });
    target.addEventListener("pointerup", finish, { signal: end.signal });
    target.addEventListener("pointercancel", finish, { signal: end.signal });
  });

  target.addEventListener("click", (event) => {
    if (!dragged) onClick(event);
  });
  target.addEventListener("dblclick", (event) => {
    const part = partAt(event);
    if (part) zoom.show(...part);
  });
}

/** Where an event lies across an element, 0 to 1. */
export function shareAt(target: Element, { clientX }: MouseEvent): number {
  const { left, width } = target.getBoundingClientRect();
  return Math.max(0, Math.min(1, (clientX - left) / Math.max(1, width)));
}
