import { count, PROVIDER_NAMES, times } from "../../src/analysis/figures";
import {
  failuresOf,
  grid,
  machineSentence,
  memoryTitle,
  providersOf,
  ratios,
  type Grid,
} from "../../src/benchmark/report";
import type { FromBenchmark, ToBenchmark } from "../../src/views/benchmark/protocol";
import { element, headings } from "../dom";
import { button } from "../ui";
import { vscode } from "../vscodeApi";
import "./benchmark.css";
import { lineChart } from "./lineChart";

const post = (message: FromBenchmark): void => {
  vscode.postMessage(message);
};
const machine = element("p", { class: "quiet" });
const copy = button("Copy as Markdown", "secondary", () => {
  post({ type: "copy" });
});
const save = button("Export JSON", "secondary", () => {
  post({ type: "export" });
});
const figures = element("main");
// Nothing is there to be pressed before the host has said what there is.
document.body.hidden = true;
document.body.append(
  element(
    "header",
    {},
    element("div", {}, element("h1", {}, "How fast this machine reads"), machine),
    element("div", { class: "actions" }, copy, save),
  ),
  figures,
);

window.addEventListener("message", ({ data: { report } }: MessageEvent<ToBenchmark>) => {
  // The host is given it when the window was reloaded.
  vscode.setState({ report });
  document.body.hidden = false;
  machine.textContent = `${machineSentence(report)}.`;
  const scrolled = wide().map(({ scrollLeft }) => scrollLeft);
  figures.replaceChildren(
    ...providersOf(report).flatMap((provider) => [
      element("h2", {}, `${PROVIDER_NAMES[provider]}: tokens per second`),
      element("div", { class: "wide" }, lineChart(grid(report, provider, "tokensPerSecond"))),
      table(grid(report, provider, "tokensPerSecond"), count),
      element("h2", {}, `${PROVIDER_NAMES[provider]}: ratios of speed`),
      table(ratios(report, provider), times),
      element("h2", {}, `${PROVIDER_NAMES[provider]}: ${memoryTitle(provider)}, MiB`),
      table(grid(report, provider, "peakMb"), count),
    ]),
    element("ul", { class: "notes" }, ...failuresOf(report).map((failure) => element("li", {}, failure))),
  );
  wide().forEach((each, index) => (each.scrollLeft = scrolled[index] ?? 0));
});
post({ type: "ready" });

/** What scrolls to the side by itself in a narrow tab, in its order in the page. */
function wide(): Element[] {
  return [...figures.querySelectorAll(".wide")];
}

function table({ lengths, rows }: Grid, format: (value: number) => string): HTMLElement {
  const body = rows.map(({ title, cells }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, title),
      ...cells.map((cell) => element("td", { class: "figure" }, cell === undefined ? "–" : format(cell))),
    ),
  );
  const inner = element("table", {}, headings(["Tokens", ...lengths.map(count)]), element("tbody", {}, ...body));
  return element("div", { class: "wide" }, inner);
}
