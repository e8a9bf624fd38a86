import { count } from "../../src/analysis/figures";
import type { Grid } from "../../src/benchmark/report";

const WIDTH = 720;
const HEIGHT = 320;
/** Room for the figures on the left and below, and for the lines' names on the right. */
const [LEFT, RIGHT, TOP, BOTTOM] = [56, 168, 12, 28];
const NAME_HEIGHT = 15;

/** A line a contestant over the lengths, both axes logarithmic; the table beside it says the same. */
export function lineChart({ lengths, rows }: Grid): SVGElement {
  const values = rows.flatMap(({ cells }) => cells.flatMap((cell) => cell ?? []));
  const [low, high] = [10 ** Math.floor(Math.log10(Math.min(...values))), Math.max(...values) * 1.15];
  const x = scale(Math.min(...lengths), Math.max(...lengths), LEFT, WIDTH - RIGHT);
  const y = scale(low, high, HEIGHT - BOTTOM, TOP);
  const chart = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart", role: "img" });
  chart.setAttribute("aria-label", "Tokens per second by tokens in the document; the table below has the figures.");

  for (let tick = low; tick <= high; tick *= 10) {
    for (const value of [tick, 2 * tick, 5 * tick].filter((one) => one <= high)) {
      chart.append(
        svg("line", { class: "rule", x1: LEFT, x2: WIDTH - RIGHT, y1: y(value), y2: y(value) }),
        svg("text", { class: "tick end", x: LEFT - 8, y: y(value) + 4 }, count(value)),
      );
    }
  }
  for (const length of lengths) {
    chart.append(svg("text", { class: "tick middle", x: x(length), y: HEIGHT - 8 }, count(length)));
  }

  const names = rows.flatMap(({ name, title, cells }) => {
    const points = cells.flatMap((cell, j) => (cell === undefined ? [] : [{ x: x(lengths[j] ?? 1), y: y(cell) }]));
    const last = points.at(-1);
    if (!last) return [];
    const path = points.map((point) => `${point.x.toFixed(1)},${point.y.toFixed(1)}`).join(" ");
    const group = svg("g", { class: `series ${name}` }, svg("polyline", { points: path }));
    for (const point of points) group.append(svg("circle", { cx: point.x, cy: point.y, r: 2.5 }));
    chart.append(group);
    return [{ name, title, last }];
  });
  // From the top down, each name at its line's end or, where that is taken, below the name before it.
  let free = -Infinity;
  for (const { name, title, last } of names.sort((a, b) => a.last.y - b.last.y)) {
    free = Math.max(last.y, free + NAME_HEIGHT);
    chart.append(svg("text", { class: `series ${name}`, x: WIDTH - RIGHT + 10, y: free + 4 }, title));
  }
  return chart;
}

/** From the logarithm of a value to a coordinate. */
function scale(from: number, to: number, start: number, end: number): (value: number) => number {
  const span = Math.log(to) - Math.log(from) || 1;
  return (value) => start + ((Math.log(value) - Math.log(from)) / span) * (end - start);
}

function svg(tag: string, attributes: Readonly<Record<string, string | number>>, ...children: (Node | string)[]) {
  const created = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) created.setAttribute(name, String(value));
  created.append(...children);
  return created;
}
