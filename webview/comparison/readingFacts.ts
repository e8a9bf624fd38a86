import { count, duration, providerName } from "../../src/analysis/figures";
import { segmentCount } from "../../src/analysis/segmentFigures";
import { doubtAbout } from "../../src/analysis/verdict";
import type { Comparison, Side } from "../../src/views/comparison/protocol";
import { element } from "../dom";

const FACTS: Readonly<Record<string, (analysis: Side["analysis"]) => string>> = {
  Tokens: ({ tokens }) => count(tokens),
  Segments: (analysis) => count(segmentCount(analysis)),
  Layers: ({ pooling }) => count(pooling.layers),
  "Runs on": ({ provider, adapter }) => providerName(provider, adapter),
  Time: ({ timings }) => duration(timings.totalMs),
  "Tokens/s": ({ timings }) => count(timings.tokensPerSecond),
  Doubt: (analysis) => doubtAbout(analysis) ?? "",
};

/** What was read on either side, how fast, and whether it is to be believed. */
export function readingFacts({ sides }: Comparison): HTMLElement {
  const rows = Object.entries(FACTS).flatMap(([name, of]) => {
    const facts = sides.map(({ analysis }) => of(analysis));
    if (facts.every((fact) => fact === "")) return [];
    const cells = facts.map((fact) => element("td", {}, fact));
    return element("tr", {}, element("th", { scope: "row" }, name), ...cells);
  });
  return element(
    "tbody",
    {},
    element("tr", {}, element("th", { scope: "rowgroup" }, element("h2", {}, "Reading"))),
    ...rows,
  );
}
