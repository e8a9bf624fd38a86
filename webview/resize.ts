/** Calls the listener when the element has another size, and when a pixel has: after a zoom, or on another screen. */
export function onResize(target: Element, listener: () => void): void {
  new ResizeObserver(listener).observe(target);
  const followPixels = (): void => {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      "change",
      () => {
        listener();
        followPixels();
      },
      { once: true },
    );
  };
  followPixels();
}
