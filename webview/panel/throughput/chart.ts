import uPlot from "uplot";
import { count } from "../../../src/analysis/figures";
import type { ThroughputSample } from "../../../src/views/panel/throughputNews";
import { inNextFrame } from "../../frame";
import { onThemeChange } from "../../theme";

const HEIGHT = 140;

/** The lines, told apart by their dashes too; colours are custom properties of the page's body. */
const LINES = [
  { key: "infer", label: "Infer", colour: "--vscode-ponet-for", dash: [] },
  { key: "tokenize", label: "Tokenize", colour: "--vscode-ponet-against", dash: [6, 3] },
  { key: "segment", label: "Segment", colour: "--vscode-charts-green", dash: [2, 2] },
] as const;

/** Tokens per second of each phase over the seconds of reading, on a logarithmic scale: phases differ by hundreds. */
export class ThroughputChart {
  private readonly plot: uPlot;

  constructor(container: HTMLElement) {
    this.plot = new uPlot(options(), emptyData(), container);
    const redraw = inNextFrame(() => {
      this.plot.redraw(false, true);
    });
    onThemeChange(redraw);
    new ResizeObserver(
      inNextFrame(() => {
        if (container.clientWidth > 0) this.plot.setSize({ width: container.clientWidth, height: HEIGHT });
      }),
    ).observe(container);
  }

  draw(samples: readonly ThroughputSample[]): void {
    const lines = LINES.map(({ key }) => samples.map((sample) => logarithm(sample[key])));
    this.plot.setData([samples.map(({ seconds }) => seconds), ...lines]);
  }
}

function options(): uPlot.Options {
  const axis = { stroke: colour("--vscode-descriptionForeground"), font: font(), gap: 2 };
  const grid = { stroke: colour("--track"), width: 1 };
  const number = (_: uPlot, value: number | null): string => (value === null ? "–" : count(10 ** value));
  return {
    width: 200,
    height: HEIGHT,
    padding: [8, 8, 0, 0],
    scales: { x: { time: false } },
    // Drawn once, so by names that follow the theme.
    legend: { markers: { stroke: (_, series) => `var(${LINES[series - 1]?.colour ?? "--quiet"})` } },
    axes: [
      { ...axis, grid: { show: false }, size: 20, values: (_, values) => values.map((value) => `${value} s`) },
      { ...axis, grid, size: 42, space: 16, incrs: [1, 2, 3], values: (_, values) => values.map(power) },
    ],
    series: [
      { label: "Seconds of reading", value: (_, value: number | null) => (value === null ? "–" : value.toFixed(1)) },
      ...LINES.map(({ label, colour: property, dash }) => ({
        label,
        stroke: colour(property),
        dash: [...dash],
        width: 1.5,
        points: { size: 4 },
        value: number,
      })),
    ],
  };
}

/** Asked for with every drawing, as the theme may have changed. */
function colour(property: string): () => string {
  return () => getComputedStyle(document.body).getPropertyValue(property);
}

function font(): string {
  return `10px ${getComputedStyle(document.body).fontFamily}`;
}

function logarithm(value: number | undefined): number | null {
  return value === undefined ? null : Math.log10(value);
}

/** Ten to a whole power, with the unit of its size. */
function power(exponent: number): string {
  if (exponent >= 6) return `${10 ** (exponent - 6)}M`;
  return exponent >= 3 ? `${10 ** (exponent - 3)}k` : String(10 ** exponent);
}

function emptyData(): uPlot.AlignedData {
  return [[], ...LINES.map(() => [])];
}
