import { count, duration } from "../../../src/analysis/figures";
import {
  MOST_RUNS,
  MOST_SAMPLES,
  type ThroughputNews,
  type ThroughputRun,
  type ThroughputSample,
} from "../../../src/views/panel/throughputNews";
import { element, headings, show } from "../../dom";
import { scrollArea } from "../../scrollArea";
import { ThroughputChart } from "./chart";

const HEADINGS = ["Document", "Tokens", "Segment/s", "Tokenize/s", "Infer/s", "Time", "Memory"];

/** How fast documents were read since the editor started: a chart that goes on while one is, and a table of them. */
export class ThroughputSection {
  private readonly memory = element("p", { class: "quiet" });
  private readonly plot = element("div", { class: "throughput-plot", "aria-hidden": "true" });
  private readonly rows = element("tbody");
  private chart: ThroughputChart | undefined;
  private samples: ThroughputSample[] = [];
  private runs: ThroughputRun[] = [];
  private sampleCount = 0;
  private memoryMb = 0;

  readonly element: HTMLElement;

  constructor() {
    const table = element("table", {}, headings(HEADINGS), this.rows);
    const rows = scrollArea("Tokens per second of each document", table);
    this.element = element(
      "section",
      { class: "throughput", hidden: "" },
      element("h2", {}, "Tokens per Second"),
      this.memory,
      this.plot,
      element("details", { class: "map-table" }, element("summary", {}, "As a Table"), rows),
    );
  }

  receive({ samples, runs, sampleCount }: ThroughputNews): void {
    // A page that lived on while it was hidden is told everything again.
    const isAll = sampleCount - samples.length < this.sampleCount;
    this.sampleCount = sampleCount;
    this.samples = [...(isAll ? [] : this.samples), ...samples].slice(-MOST_SAMPLES);
    this.runs = [...(isAll ? [] : this.runs), ...runs].slice(-MOST_RUNS);
    show(this.element, this.samples.length > 0);
    this.memoryMb = samples.reduce((latest, { rssMb }) => rssMb ?? latest, this.memoryMb);
    this.memory.textContent = `Engine memory ${count(this.memoryMb)} MiB`;
    this.rows.replaceChildren(...this.runs.map(tableRow).reverse());
    this.chart ??= new ThroughputChart(this.plot);
    this.chart.draw(this.samples);
  }
}

function tableRow({ name, tokens, timings, peakRssMb }: ThroughputRun): HTMLElement {
  const { segmentMs, tokenizeMs, inferMs, totalMs } = timings;
  const speed = (ms: number): string => (ms > 0 ? count((tokens * 1000) / ms) : "–");
  const figures = [
    count(tokens),
    ...[segmentMs, tokenizeMs, inferMs].map(speed),
    duration(totalMs),
    `${count(peakRssMb)} MiB`,
  ];
  return element(
    "tr",
    {},
    element("th", { scope: "row", title: name }, name),
    ...figures.map((figure) => element("td", { class: "figure" }, figure)),
  );
}
