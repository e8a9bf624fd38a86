import type { Analysis } from "../../src/analysis/analysis";
import { counted, duration, PROVIDER_NAMES } from "../../src/analysis/figures";
import { segmentCount } from "../../src/analysis/segmentFigures";
import type { PanelStatus } from "../../src/views/panel/protocol";
import { element } from "../dom";

/** The document's name and, below it, what was read of it and with what. */
export class Header {
  readonly name = element("h1", { tabindex: "-1" });
  private readonly summary = element("p", { class: "quiet" });

  readonly element = element("header", {}, this.name, this.summary);

  render({ document }: PanelStatus, analysis: Analysis | undefined): void {
    this.name.textContent = document?.name ?? "";
    this.name.title = document?.name ?? "";
    this.summary.textContent = analysis ? summary(analysis, document?.part === "selection") : "";
  }
}

function summary(analysis: Analysis, selection: boolean): string {
  const { tokens, timings, provider } = analysis;
  const parts = [counted(tokens, "token"), counted(segmentCount(analysis), "segment")];
  if (selection) parts.unshift("Selection");
  // A draft has taken no time yet.
  if (timings.totalMs > 0) parts.push(duration(timings.totalMs));
  return `${parts.join(" · ")} on ${PROVIDER_NAMES[provider]}`;
}
