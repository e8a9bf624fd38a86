import type { Analysis } from "../analysis/analysis";
import { poolingAt } from "../analysis/segmentFigures";

/** The colours of a picture; an image in a hover does not see the theme's own. */
export interface PictureColours {
  readonly text: string;
  readonly line: string;
  readonly bar: string;
  /** Of the three summands G, S' and L. */
  readonly summands: readonly [string, string, string];
}

const PANEL = { width: 88, gap: 16, top: 18, height: 40 };

/**
 * How one segment was pooled, as an SVG: for each pooling a bar a layer, first to last. GA and SMP are drawn against
 * the segment's share of the tokens (the dashed line), LMP against all windows, PF as the summands' shares of its norms.
 */
export function poolingPicture(analysis: Analysis, segment: number, colours: PictureColours): string {
  const layers = Array.from({ length: analysis.pooling.layers }, (_, layer) => poolingAt(analysis, layer, segment));
  const share = (analysis.segmentTokens[segment] ?? 0) / Math.max(1, analysis.tokens);
  const [ga, smp, lmp] = [0, 1, 2].map((statistic) => layers.map((values) => values[statistic] ?? 0));
  const summands = layers.map(([, , , g = 0, s = 0, l = 0]) => [g, s, l].map((norm) => norm / (g + s + l || 1)));
  const one = [colours.bar];
  const panels = [
    panel("GA", colours, single(ga, one, share), share / top(ga, share)),
    panel("SMP", colours, single(smp, one, share), share / top(smp, share)),
    panel("LMP", colours, single(lmp, one, 1)),
    panel(
      "PF",
      colours,
      summands.map((shares) => ({ shares, fills: colours.summands })),
    ),
  ];
  const width = panels.length * (PANEL.width + PANEL.gap);
  const placed = panels.map((drawn, i) => `<g transform="translate(${i * (PANEL.width + PANEL.gap)} 0)">${drawn}</g>`);
  const style = `font: 11px sans-serif; fill: ${colours.text}`;
  const size = `width="${width}" height="${PANEL.top + PANEL.height + 1}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} style="${style}">${placed.join("")}</svg>`;
}

/** A bar: parts from the bottom up, as shares of the panel's height. */
interface Bar {
  readonly shares: readonly number[];
  readonly fills: readonly string[];
}

function single(values: readonly number[] = [], fills: readonly string[], reference: number): Bar[] {
  return values.map((value) => ({ shares: [value / top(values, reference)], fills }));
}

/** What the panel's height stands for. */
function top(values: readonly number[] = [], reference: number): number {
  return Math.max(reference, ...values) || 1;
}

/** @param mark The height of the dashed line, as a share of the panel's. */
function panel(title: string, { text, line, summands }: PictureColours, bars: readonly Bar[], mark?: number): string {
  const step = PANEL.width / bars.length;
  const bottom = PANEL.top + PANEL.height;
  const drawn = bars.flatMap(({ shares, fills }, layer) => {
    let y = bottom;
    return shares.map((share, part) => {
      const height = share * PANEL.height;
      y -= height;
      return `<rect x="${round(layer * step)}" y="${round(y)}" width="${round(step - 2)}" height="${round(height)}" fill="${fills[part] ?? text}"/>`;
    });
  });
  const parts = title === "PF" ? ["G", "S′", "L"] : [];
  const key = parts.map((name, part) => `<tspan dx="6" fill="${summands[part] ?? text}">■ ${name}</tspan>`);
  const y = mark === undefined ? bottom : bottom - mark * PANEL.height;
  return [
    `<text y="11">${title}${key.join("")}</text>`,
    `<path d="M0 ${bottom}.5h${PANEL.width}" stroke="${line}"/>`,
    ...drawn,
    mark === undefined ? "" : `<path d="M0 ${round(y)}h${PANEL.width}" stroke="${text}" stroke-dasharray="3 2"/>`,
  ].join("");
}

function round(value: number): string {
  return value.toFixed(1);
}
