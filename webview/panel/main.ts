import type { Analysis, HeadAnalysis } from "../../src/analysis/analysis";
import { addPart } from "../../src/analysis/draft";
import { doubtAbout } from "../../src/analysis/verdict";
import type { PanelStatus, ToPanel } from "../../src/views/panel/protocol";
import { element, keepFocus, show } from "../dom";
import { Excerpts } from "../excerpts";
import { viewOf, type Post, type Section, type View } from "../view";
import { vscode } from "../vscodeApi";
import { Banner } from "./banner";
import { EmptyState } from "./emptyState";
import { Evidence } from "./evidence";
import { Header } from "./header";
import { Heads } from "./heads";
import { InStep } from "./inStep";
import { keepScroll, rename, scrollIn } from "./knobs";
import { LeftOut } from "./leftOut";
import { MapsSection } from "./maps/mapsSection";
import { RunFacts } from "./runFacts";
import { SegmentList } from "./segmentList";
import { ThroughputSection } from "./throughput/throughputSection";
import "./panel.css";

const post: Post = (message) => {
  vscode.postMessage(message);
};
const excerpts = new Excerpts((readingId, segments) => {
  post({ type: "excerpts", readingId, segments });
});
const inStep = new InStep(post);
const header = new Header();
const banner = new Banner(post);
const empty = new EmptyState(post);
const heads = new Heads(post);
const evidence = new Evidence(post, excerpts, inStep);
const maps = new MapsSection(post, excerpts, inStep);
const segments = new SegmentList(post, excerpts, inStep);
const facts = new RunFacts();
const leftOut = new LeftOut(post, excerpts);
const throughput = new ThroughputSection();
const sections: readonly Section[] = [heads, evidence, maps, segments, facts];
const bySegment = element("div", { class: "by-segment" }, maps.element, segments.element);
const reasons = element("div", {}, evidence.element, leftOut.element);
const figures = element("main", {}, heads.element, reasons, bySegment, facts.element);
// Nothing is there to be pressed before the host has said what there is.
document.body.hidden = true;
document.body.append(header.element, banner.element, empty.element, figures, throughput.element);

let held: { readonly readingId: number; readonly draft: boolean; readonly analysis: Analysis } | undefined;
/** Whether the host has said anything since the page loaded, and so answered its `ready`. */
let answered = false;
/** Counts what was received of readings: a draft grows. */
let received = 0;
/** Whether the host may have dropped what it was asked, as it does while it shows or sends something else. */
let isUnheard = false;
let drawn: { readonly key: string; readonly view: View } | undefined;

window.addEventListener("message", ({ data }: MessageEvent<ToPanel>) => {
  switch (data.type) {
    case "shown":
      if (answered) post({ type: "ready" });
      return;
    case "reading":
      held = data;
      received++;
      isUnheard = true;
      return;
    case "found":
      if (held?.readingId !== data.readingId) return;
      for (const part of data.parts) addPart(held.analysis, part);
      // Another analysis to whoever has drawn the one before.
      held = { ...held, analysis: { ...held.analysis } };
      received++;
      return;
    case "finished": {
      if (held?.readingId !== data.readingId) return;
      const { timings, peakRssMb } = data;
      held = { ...held, draft: false, analysis: { ...held.analysis, timings, peakRssMb } };
      received++;
      return;
    }
    case "status":
      answered = true;
      document.body.hidden = false;
      keepFocus(header.name, () => {
        render(data.status);
      });
      return;
    case "throughput":
      throughput.receive(data.news, data.isAll);
      return;
    case "excerpts":
      excerpts.receive(data.readingId, data.segments, data.texts);
      return;
    case "tokens":
      maps.receive(data);
      return;
    case "mark":
    case "sight":
      inStep.receive(data);
  }
});
window.addEventListener("scroll", () => {
  // Without figures the page is short, and scrolled nowhere.
  if (drawn && !figures.hidden) keepScroll(drawn.view.document, { page: window.scrollY });
});
post({ type: "ready" });

function render(status: PanelStatus): void {
  const reading = held && held.readingId === status.readingId ? held : undefined;
  header.render(status, reading?.analysis);
  banner.render(
    status,
    reading && !reading.draft ? reading.readingId : undefined,
    reading && doubtAbout(reading.analysis),
  );
  empty.render(status);
  const head = status.chosen && reading?.analysis.heads[status.chosen.head];
  const wasHidden = figures.hidden;
  show(figures, head !== undefined);
  figures.classList.toggle("is-stale", status.stale !== undefined);
  if (!head) return;
  const { label } = status.chosen;
  const before = drawn;
  const document = keyOf(status.document, reading.analysis);
  // Saved as another file, or renamed.
  if (before?.view.readingId === reading.readingId && before.view.document !== document)
    rename(before.view.document, document);
  const key = `${reading.readingId} ${received} ${head.name} ${label} ${document}`;
  drawn = before?.key === key ? before : { key, view: viewOf(document, reading, head, label) };
  const { view } = drawn;
  excerpts.useFor(reading.readingId);
  if (isUnheard || wasHidden) {
    excerpts.askAgain();
    maps.askAgain();
    isUnheard = false;
  }
  show(leftOut.element, !reading.draft);
  leftOut.render(view, status.explanations ?? [], status.stale === undefined && !status.running);
  maps.markStale(status.stale !== undefined);
  if (drawn !== before) {
    inStep.useFor(reading.readingId);
    const shown = reading.draft ? draftSections(head) : sections;
    for (const section of sections) show(section.element, shown.includes(section));
    for (const section of shown) section.render(view);
  }
  if (!before || wasHidden) window.scrollTo(0, scrollIn(view.document).page);
  else if (before.view.document !== view.document) keepScroll(view.document, { page: window.scrollY });
}

/** A selection is read as another document than the whole that it is of, and than another selection of that. */
function keyOf(document: PanelStatus["document"], { bounds }: Analysis): string {
  if (!document) return "";
  const { part, uri } = document;
  return part === "selection" ? `${part} ${bounds[0] ?? 0} ${uri}` : `${part} ${uri}`;
}

/** What there is to see of a draft: it has scores from when its last layer is being read. */
function draftSections(head: HeadAnalysis): readonly Section[] {
  return Number.isNaN(head.scores[0]) ? [maps] : [heads, maps];
}
