import { count, counted, timeLeft } from "../../src/analysis/figures";
import type { Row } from "../../src/corpus/row";
import type { CorpusStatus, FromCorpus, ToCorpus } from "../../src/views/corpus/protocol";
import { element, keepFocus, show } from "../dom";
import { ProgressBar } from "../progressBar";
import { Spoken } from "../spoken";
import { button } from "../ui";
import { vscode } from "../vscodeApi";
import "./corpus.css";
import { readKnobs, turnKnobs } from "./knobs";
import { ResultsTable } from "./resultsTable";
import { Tally } from "./tally";

const OUTDATED = "The model, the provider or the segmentation has been changed since these were read.";

const post = (message: FromCorpus): void => {
  vscode.postMessage(message);
};
const title = element("h1");
const summary = element("p", { class: "quiet" });
const spoken = new Spoken();
/** Whether there was a run since the page loaded. */
let hasRun = false;
const failure = element("p", { class: "banner stale" });
const progress = new ProgressBar();
const cancel = button("Cancel", "secondary", () => {
  post({ type: "cancel" });
});
const run = button("Classify Again", "secondary", () => {
  post({ type: "run" });
});
const toCsv = button("Export CSV", "secondary", () => {
  post({ type: "export", format: "csv" });
});
const toJsonl = button("Export JSONL", "secondary", () => {
  post({ type: "export", format: "jsonl" });
});
const actions = element("div", { class: "actions" }, cancel, run, toCsv, toJsonl);
const table = new ResultsTable((path, focus) => {
  post({ type: "open", path, focus });
});
// Nothing is there to be pressed before the host has said what there is.
document.body.hidden = true;
document.body.append(
  element("header", {}, element("div", {}, title, summary, spoken.element), actions),
  progress.element,
  failure,
  table.element,
);

let rows: Row[] = [];
let tally = new Tally();
/** Whether the host has said anything since the page loaded, and so answered its `ready`. */
let answered = false;

window.addEventListener("message", ({ data }: MessageEvent<ToCorpus>) => {
  switch (data.type) {
    case "shown":
      if (answered) post({ type: "ready" });
      return;
    case "rows":
      if (data.first === 0) [rows, tally] = [[], new Tally()];
      for (const row of data.rows) {
        rows.push(row);
        tally.add(row);
      }
      table.show(rows, tally.heads);
      return;
    case "status":
      answered = true;
      document.body.hidden = false;
      keepFocus(data.status.running ? cancel : run, () => {
        render(data.status);
      });
  }
});
post({ type: "ready" });

function render(status: CorpusStatus): void {
  const { folder, name, running, failure: sentence } = status;
  title.textContent = name;
  title.title = folder;
  table.folder = folder;
  if (readKnobs().folder !== folder) turnKnobs({ folder });
  summary.textContent = summaryLine(status);
  show(progress.element, running);
  progress.set(status.progress?.fraction ?? 0);
  const notice = [sentence, status.outdated ? OUTDATED : undefined].filter((part) => part !== undefined).join(" ");
  show(failure, notice !== "");
  failure.textContent = notice;
  hasRun ||= running;
  // Figures that change all the time are not for the ear: they are told once the run is over.
  spoken.say(running ? "" : notice || (hasRun ? summary.textContent : ""));
  show(cancel, running);
  show(run, !running);
  run.textContent = sentence === undefined ? "Classify Again" : "Go On";
  for (const each of [toCsv, toJsonl]) show(each, !running && rows.length > 0);
}

function summaryLine({ running, progress, others = 0 }: CorpusStatus): string {
  if (!progress) return running ? "Finding documents and loading the model" : "";
  const { finished, reused, total, timeRemainingMs } = progress;
  const { failed, models } = tally;
  const parts = [
    finished === total ? counted(total, "document") : `${count(finished)} of ${counted(total, "document")}`,
  ];
  if (failed > 0) parts.push(`${count(failed)} not read`);
  if (others > 0) parts.push(`${counted(others, "file")} of other kinds left out`);
  if (reused > 0) parts.push(`${count(reused)} from an earlier run`);
  if (models.length > 0) parts.push(`read by ${models.join(", ")}`);
  if (running && timeRemainingMs !== undefined) parts.push(timeLeft(timeRemainingMs));
  return parts.join(" · ");
}
