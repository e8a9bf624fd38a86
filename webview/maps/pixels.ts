/** Draws pixels [height, width], one to a point of the canvas; the style sheet stretches them. */
export function drawPixels(
  canvas: HTMLCanvasElement,
  pixels: Uint32Array<ArrayBuffer>,
  width: number,
  height: number,
): void {
  // Setting a size, even the same, would have the canvas begin anew.
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const image = new ImageData(
    new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.byteLength),
    width,
    height,
  );
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}
