import { peak } from "../segmentFigures";

const WIDTH = 960;
const HEIGHT = 96;

/**
 * [K] contributions as bars along the document, those for the label above the line and those against it below. Where
 * segments share a pixel the strongest is drawn.
 */
export function contributionSvg(values: Float32Array): string {
  const columns = Math.max(1, Math.min(values.length, WIDTH));
  const strongest = peak(values) || 1;
  const width = WIDTH / columns;
  const bars = Array.from({ length: columns }, (_, column) => {
    const first = Math.floor((column * values.length) / columns);
    const end = Math.floor(((column + 1) * values.length) / columns);
    const value = values
      .subarray(first, end)
      .reduce((best, each) => (Math.abs(each) > Math.abs(best) ? each : best), 0);
    const height = (Math.abs(value) / strongest) * (HEIGHT / 2);
    const y = value < 0 ? HEIGHT / 2 : HEIGHT / 2 - height;
    const box = `x="${(column * width).toFixed(2)}" y="${y.toFixed(2)}" width="${(width * 0.9).toFixed(2)}"`;
    return `<rect class="${value < 0 ? "against" : "for"}" ${box} height="${height.toFixed(2)}"/>`;
  });
  return [
    `<svg class="strip" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="Contributions along the document; the table has them as figures">`,
    `<path d="M0 ${HEIGHT / 2}h${WIDTH}"/>`,
    ...bars,
    "</svg>",
  ].join("\n");
}
