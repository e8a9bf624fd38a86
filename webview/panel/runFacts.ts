import type { Analysis, ContributionKind } from "../../src/analysis/analysis";
import {
  count,
  duration,
  percent,
  providerName,
  SEGMENTATION_NAMES,
  tokensPerSecond,
} from "../../src/analysis/figures";
import { element, headings, property } from "../dom";
import type { Section, View } from "../view";
import { trialNotes } from "./trialNotes";

const KINDS: Readonly<Record<ContributionKind, string>> = {
  additive: "Exact shares of the logit",
  "leave-one-out": "Shares of the logit lost without runs of segments",
};

/** How the analysis was made: model, provider, and the time that each phase took. */
export class RunFacts implements Section {
  private readonly facts = element("dl");
  private readonly notes = element("ul", { class: "notes" });
  private readonly phases = element("tbody");

  readonly element: HTMLElement;

  constructor() {
    const attributes = { class: "phases", "aria-label": "Time of each phase" };
    const table = element("table", attributes, headings(["Phase", "Share", "Time", "Tokens/s"]), this.phases);
    this.element = element("section", { class: "facts" }, element("h2", {}, "Reading"), this.facts, this.notes, table);
  }

  render({ analysis, head }: View): void {
    const { model, provider, tokens, segmentation, peakRssMb, trials } = analysis;
    const facts: readonly (readonly [string, string])[] = [
      ["Model", model],
      ["Provider", providerName(provider, analysis.adapter)],
      ["Tokens", count(tokens)],
      ["Segments", SEGMENTATION_NAMES[segmentation]],
      ["Contributions", KINDS[head.contributionKind]],
      ["Engine memory", `${count(peakRssMb)} MiB at most`],
    ];
    this.facts.replaceChildren(
      ...facts.flatMap(([term, value]) => [element("dt", {}, term), element("dd", { title: value }, value)]),
    );
    this.notes.replaceChildren(...trialNotes(trials).map((note) => element("li", {}, note)));
    this.phases.replaceChildren(...phases(analysis));
  }
}

function phases({ tokens, timings }: Analysis): HTMLElement[] {
  const { segmentMs, tokenizeMs, inferMs, leaveOutMs, totalMs } = timings;
  const rows: readonly (readonly [name: string, ms: number, speed: number | undefined])[] = [
    ["Segment", segmentMs, tokensPerSecond(tokens, segmentMs)],
    ["Tokenize", tokenizeMs, tokensPerSecond(tokens, tokenizeMs)],
    ["Infer", inferMs, tokensPerSecond(tokens, inferMs)],
    ...(leaveOutMs === undefined ? [] : [["Leave out", leaveOutMs, undefined] as const]),
    ["Total", totalMs, timings.tokensPerSecond],
  ];
  return rows.map(([name, ms, speed]) => {
    const share = ms / Math.max(totalMs, Number.MIN_VALUE);
    const bar = element("span", { class: "bar", role: "img", "aria-label": percent(share) });
    property(bar, "--share", Math.min(1, share));
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, name),
      element("td", {}, bar),
      element("td", { class: "figure" }, duration(ms)),
      element("td", { class: "figure" }, speed === undefined ? "–" : count(speed)),
    );
  });
}
