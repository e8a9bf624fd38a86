import { count, PROVIDER_NAMES } from "../../src/analysis/figures";
import {
  failuresOf,
  grid,
  machineSentence,
  providersOf,
  ratios,
  type Grid,
  type Report,
} from "../../src/benchmark/report";
import { element } from "../dom";
import { vscode } from "../vscodeApi";
import "./benchmark.css";
import { lineChart } from "./lineChart";

window.addEventListener("message", ({ data }: MessageEvent<Report>) => {
  document.body.replaceChildren(
    element("h1", {}, "How fast this machine reads"),
    element("p", { class: "quiet" }, `${machineSentence(data)}.`),
    ...providersOf(data).flatMap((provider) => [
      element("h2", {}, `${PROVIDER_NAMES[provider]}: tokens per second`),
      element("div", { class: "wide" }, lineChart(grid(data, provider, "tokensPerSecond"))),
      table(grid(data, provider, "tokensPerSecond"), count),
      element("h2", {}, `${PROVIDER_NAMES[provider]}: ratios of speed`),
      table(ratios(data, provider), (ratio) => `${ratio.toFixed(2)}×`),
      element("h2", {}, `${PROVIDER_NAMES[provider]}: peak memory of each process, MiB`),
      table(grid(data, provider, "peakMb"), count),
    ]),
    element("ul", { class: "notes" }, ...failuresOf(data).map((failure) => element("li", {}, failure))),
  );
});
vscode.postMessage({ type: "ready" });

function table({ lengths, rows }: Grid, format: (value: number) => string): HTMLElement {
  const head = ["Tokens", ...lengths.map(count)].map((text) => element("th", { scope: "col" }, text));
  const body = rows.map(({ title, cells }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, title),
      ...cells.map((cell) => element("td", { class: "figure" }, cell === undefined ? "–" : format(cell))),
    ),
  );
  const inner = element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body));
  return element("div", { class: "wide" }, inner);
}
