import { percent, timeLeft } from "../../src/analysis/figures";
import { PHASE_NAMES } from "../../src/readings/phaseNames";
import type { PanelStatus } from "../../src/views/panel/protocol";
import { element, show } from "../dom";
import { ProgressBar } from "../progressBar";
import { Spoken } from "../spoken";
import { button, progressRing } from "../ui";
import type { Post } from "../view";

/** A shorter wait is over before its figure is read. */
const SHORT_WAIT_MS = 2000;

/** Tells of an analysis that is under way, failed, or no longer what the document is. */
export class Banner {
  private readonly phase = element("span");
  private readonly fraction = element("span", { class: "figure" });
  private readonly progress = new ProgressBar();
  private readonly running: HTMLElement;
  private readonly failure = element("p");
  private readonly staleness = element("p");
  private readonly outdated: HTMLElement;
  private readonly spoken = new Spoken();
  /** The uri of the document whose run was shown last, if one was. */
  private ran: string | undefined;
  /** The last reading that was complete. */
  private complete: number | undefined;

  readonly element: HTMLElement;

  constructor(post: Post) {
    const line = element("div", { class: "banner-line" }, progressRing(), this.phase, this.fraction);
    const cancel = button("Cancel", "secondary", () => {
      post({ type: "cancel" });
    });
    this.running = element("div", { class: "banner running" }, line, cancel, this.progress.element);
    const again = button("Classify Again", "secondary", () => {
      post({ type: "classifyAgain" });
    });
    const sentences = element("div", { class: "banner-text" }, this.failure, this.staleness);
    this.outdated = element("div", {}, sentences, again);
    this.element = element("div", { class: "banners" }, this.running, this.outdated, this.spoken.element);
  }

  /**
   * @param complete The reading that is shown, unless it is a draft.
   * @param doubt Why it is not to be believed, where that is so.
   */
  render(status: PanelStatus, complete: number | undefined, doubt = ""): void {
    const { document, failure } = status;
    const running = status.running?.quiet ? undefined : status.running;
    const stale = status.awaited ? undefined : status.stale;
    show(this.running, running !== undefined);
    show(this.outdated, !running && (failure !== undefined || stale !== undefined));
    this.outdated.className = failure === undefined ? "banner stale" : "banner failed";
    this.failure.textContent = failure ?? "";
    this.staleness.textContent = stale ?? "";
    const isNew = this.ran === document?.uri && complete !== undefined && complete !== this.complete;
    // What was said before a quiet run is not to be said again after it.
    if (!status.running?.quiet)
      this.spoken.say(running ? "" : (failure ?? stale ?? (isNew ? `Classified. ${doubt}`.trim() : "")));
    this.ran = running && document?.uri;
    if (!running) this.complete = complete;
    if (!running) return;
    this.phase.textContent = PHASE_NAMES[running.phase];
    // Until the first part of a phase is done nothing is known of its progress.
    this.fraction.textContent = running.fraction > 0 ? progressText(running) : "";
    this.progress.set(running.fraction, `${PHASE_NAMES[running.phase]}, ${percent(running.fraction)}`);
  }
}

/** "12%", with the time remaining where it is worth waiting for. */
function progressText({ fraction, timeRemainingMs = 0 }: NonNullable<PanelStatus["running"]>): string {
  return timeRemainingMs < SHORT_WAIT_MS ? percent(fraction) : `${percent(fraction)}, ${timeLeft(timeRemainingMs)}`;
}
