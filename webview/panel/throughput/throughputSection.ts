import { count, duration, tokensPerSecond } from "../../../src/analysis/figures";
import {
  NO_THROUGHPUT,
  withNews,
  type ThroughputNews,
  type ThroughputRun,
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
  private kept = NO_THROUGHPUT;
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

  /** @param isAll whether the news takes the place of what is kept: a page that lived on while it was hidden missed some */
  receive(news: ThroughputNews, isAll: boolean): void {
    this.kept = isAll ? news : withNews(this.kept, news);
    const { samples, runs } = this.kept;
    show(this.element, samples.length > 0);
    this.memoryMb = news.samples.reduce((latest, { rssMb }) => rssMb ?? latest, this.memoryMb);
    this.memory.textContent = `Engine memory ${count(this.memoryMb)} MiB`;
    // Samples come several times a second, and what is selected or read aloud stays.
    if (isAll || news.runs.length > 0) this.rows.replaceChildren(...runs.map(tableRow).reverse());
    this.chart ??= new ThroughputChart(this.plot);
    this.chart.draw(samples);
  }
}

function tableRow({ name, tokens, timings, peakRssMb }: ThroughputRun): HTMLElement {
  const { segmentMs, tokenizeMs, inferMs, totalMs } = timings;
  const speeds = [segmentMs, tokenizeMs, inferMs].map((ms) => tokensPerSecond(tokens, ms));
  const figures = [
    count(tokens),
    ...speeds.map((speed) => (speed === undefined ? "–" : count(speed))),
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
