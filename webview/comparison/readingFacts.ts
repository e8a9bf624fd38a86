import { count, duration, providerName } from "../../src/analysis/figures";
import { segmentCount } from "../../src/analysis/segmentFigures";
import type { Comparison, Side } from "../../src/views/comparison/protocol";
import { element } from "../dom";

const FACTS: Readonly<Record<string, (analysis: Side["analysis"]) => string>> = {
  Tokens: ({ tokens }) => count(tokens),
  Segments: (analysis) => count(segmentCount(analysis)),
  Layers: ({ pooling }) => count(pooling.layers),
  "Runs on": ({ provider, adapter }) => providerName(provider, adapter),
  Time: ({ timings }) => duration(timings.totalMs),
  "Tokens/s": ({ timings }) => count(timings.tokensPerSecond),
};

/** What was read on either side, and how fast. */
export function readingFacts({ sides }: Comparison): HTMLElement {
  const rows = Object.entries(FACTS).map(([name, of]) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, name),
      ...sides.map(({ analysis }) => element("td", {}, of(analysis))),
    ),
  );
  return element(
    "tbody",
    {},
    element("tr", {}, element("th", { scope: "rowgroup" }, element("h2", {}, "Reading"))),
    ...rows,
  );
}
