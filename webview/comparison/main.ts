import { PoolingMeans } from "../../src/analysis/poolingMeans";
import type { Comparison, FromComparison, Pair, ToComparison } from "../../src/views/comparison/protocol";
import { element, show } from "../dom";
import { Excerpts } from "../excerpts";
import { Spoken } from "../spoken";
import { button } from "../ui";
import { vscode } from "../vscodeApi";
import { axisOf } from "./axisOf";
import "./comparison.css";
import { Differences } from "./differences";
import { HeadsTable } from "./headsTable";
import { readKnobs, turnKnobs } from "./knobs";
import { both } from "./pair";
import { firstLabel, pairedHeads, pairedLabel, type PairedLabel } from "./pairedHead";
import { PairedMaps } from "./pairedMaps";
import { PairedTable } from "./pairedTable";

const post = (message: FromComparison): void => {
  vscode.postMessage(message);
};
const stale = element("p", { class: "banner stale", hidden: "" });
const spoken = new Spoken();
document.body.append(spoken.element);
let excerpts: Pair<Excerpts> | undefined;

window.addEventListener("message", ({ data }: MessageEvent<ToComparison>) => {
  switch (data.type) {
    case "comparison":
      render(data.comparison);
      return;
    case "gone":
      document.body.prepend(gone(data.why));
      return;
    case "excerpts":
      excerpts?.[data.side].receive(data.side, data.segments, data.texts);
      return;
    case "stale":
      stale.textContent = data.why ?? "";
      show(stale, data.why !== undefined);
      spoken.say(data.why ?? "");
  }
});
window.addEventListener("scroll", () => {
  turnKnobs({ scroll: window.scrollY });
});
post({ type: "ready" });

/** What there is to see of a comparison that is there no more. */
function gone(why: string): HTMLElement {
  const again = button("Compare Again…", "primary", () => {
    post({ type: "compare" });
  });
  return element("div", { class: "empty" }, element("p", {}, why), again);
}

function render(comparison: Comparison): void {
  const { of, common, sides } = comparison;
  const kept = both(sides, ({ title, uri, analysis }) => {
    const { modelKey, segmentation } = analysis;
    return { title, uri, modelKey, segmentation };
  });
  turnKnobs({ origin: { of, common, sides: kept } });
  const heads = pairedHeads(comparison);
  const axis = axisOf(comparison);
  const means = both(sides, ({ analysis }) => new PoolingMeans(analysis));
  const asked = both(sides, (_, side) => {
    const created = new Excerpts((_, segments) => {
      post({ type: "excerpts", side, segments });
    });
    created.useFor(side);
    return created;
  });
  excerpts = asked;

  const differences = new Differences(comparison, axis, asked, post);
  const maps = new PairedMaps(comparison, axis, means, asked, post);
  const figures = new PairedTable(comparison, axis, means, post);
  const table = new HeadsTable(comparison, heads, (head, label) => {
    turnKnobs({ head: head.name, label: label.name });
    speakOf(label);
  });
  const speakOf = (label: PairedLabel): void => {
    table.render(label);
    for (const part of [differences, maps, figures]) part.show(label);
  };

  maps.element.append(figures.element);
  const name = element("h1", { title: common }, common);
  const subject = comparison.of === "models" ? "Two models on one document" : "One model on two documents";
  const header = element("header", {}, name, element("p", { class: "quiet" }, subject));
  const parts = element("main", {}, element("section", {}, table.element), differences.element, maps.element);
  document.body.prepend(header, element("div", { class: "banners" }, stale), parts);

  const knobs = readKnobs();
  const before = heads.find((head) => head.name === knobs.head);
  const label = (before && pairedLabel(before, knobs.label ?? "")) ?? firstLabel(heads);
  if (label) speakOf(label);
  else {
    table.render(undefined);
    const none = element(
      "p",
      { class: "quiet" },
      "The two have no label in common, so there are no contributions to compare.",
    );
    differences.element.replaceChildren(element("h2", {}, "Where They Differ Most"), none);
  }
  window.scrollTo(0, knobs.scroll);
}
