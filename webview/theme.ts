// What a canvas has to know of the editor's theme; style sheets read its custom properties themselves.

/** Red, green, blue and alpha, 0 to 255 each. */
export type Pixel = readonly [number, number, number, number];

/** Calls the listener whenever the editor's colours change. */
export function onThemeChange(listener: () => void): void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["style"] });
  observer.observe(document.body, { attributeFilter: ["class"] });
}

/** Whether the theme is one of the two of high contrast. */
export function isHighContrast(): boolean {
  return document.body.matches(".vscode-high-contrast, .vscode-high-contrast-light");
}

/** Where a colour of any notation becomes a pixel. */
const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

/** The colour that a custom property of the page's body stands for. */
export function themeColour(property: string): Pixel {
  if (!context) return [128, 128, 128, 255];
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = getComputedStyle(document.body).getPropertyValue(property);
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0, a = 0] = context.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a];
}
