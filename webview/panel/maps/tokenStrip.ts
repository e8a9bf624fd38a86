import { count, counted, percent } from "../../../src/analysis/figures";
import type { ToPanel } from "../../../src/views/panel/protocol";
import { element, show } from "../../dom";
import type { Zoom } from "../../maps/zoom";
import { Spoken } from "../../spoken";
import type { Post, View } from "../../view";
import { TokenPlot } from "./tokenPlot";

type Answer = Extract<ToPanel, { readonly type: "tokens" }>;

/** Of a segment with more, the model would read most of a book again. */
const MOST_TOKENS = 20_000;

/** While the maps move on, no segment's tokens are asked for. */
const PAUSE_MS = 200;

/** The tokens of the one segment that the maps are zoomed to, asked of the host once they rest on it. */
export class TokenStrip {
  private readonly note = element("span");
  /** How far a reading has come. */
  private readonly progress = element("span", { class: "figure" });
  private readonly plot = new TokenPlot();
  private readonly title = element("h3");
  private readonly shown = element(
    "div",
    { class: "tokens", hidden: "" },
    this.title,
    element("p", { class: "quiet" }, this.note, " ", this.progress),
    this.plot.element,
  );
  private readonly spoken = new Spoken();
  private segment: number | undefined;
  private answer: Answer | undefined;
  private view: View | undefined;
  private timer: number | undefined;
  private isStale = false;
  /** Whether the reader chose the segment: what is read again in live mode is told without a word. */
  private isChosen = false;

  readonly element = element("div", {}, this.shown, this.spoken.element);
  /** Draws the strip anew in the next frame. */
  readonly redraw = this.plot.redraw;

  constructor(
    private readonly zoom: Zoom,
    private readonly post: Post,
  ) {
    zoom.onChange(() => {
      this.isChosen = true;
      this.follow();
    });
  }

  show(view: View): void {
    if (view.readingId !== this.view?.readingId) {
      this.segment = this.answer = undefined;
      this.isChosen = false;
    }
    this.view = view;
    this.follow();
    this.fill();
  }

  receive(answer: Answer): void {
    if (answer.readingId !== this.view?.readingId || answer.segment !== this.segment) return;
    this.answer = answer;
    this.fill();
  }

  /** Says whether the text or the settings are others by now: what was refused for that is asked for again once they are not. */
  markStale(isStale: boolean): void {
    const wasStale = this.isStale;
    this.isStale = isStale;
    if (wasStale && !isStale && this.answer && "failure" in this.answer) this.ask();
  }

  /** Asks again for tokens that were asked for and have not come. */
  askAgain(): void {
    const { answer, segment } = this;
    if (segment !== undefined && (!answer || "fraction" in answer)) this.ask();
  }

  /** Asks for the tokens of the segment that fills the maps, once these rest on it, and for none once they rest on several. */
  private follow(): void {
    const { from, to, width, segments } = this.zoom;
    const segment = width < 1.5 && segments > 0 ? Math.floor((from + to) / 2) : undefined;
    if (segment === this.segment) return;
    this.segment = segment;
    this.ask();
  }

  private ask(): void {
    this.answer = undefined;
    this.fill();
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      const { segment, view } = this;
      if (!view) return;
      // Without one as well: else the host would go on reading the document for a segment that was left.
      const wanted = segment !== undefined && this.tokens <= MOST_TOKENS && { segment };
      this.post({ type: "tokens", readingId: view.readingId, ...wanted });
    }, PAUSE_MS);
  }

  private fill(): void {
    const { answer, segment, view } = this;
    const found = answer && "details" in answer ? answer : undefined;
    show(this.shown, segment !== undefined);
    show(this.plot.element, found !== undefined);
    if (segment === undefined || !view) {
      this.spoken.say("");
      return;
    }
    const name = `segment ${count(segment + 1)}`;
    this.title.textContent = `Tokens of ${name}`;
    this.note.textContent = this.whyNone ?? (found ? "" : "Reading …");
    const told = this.whyNone ?? (found ? `${counted(found.texts.length, "token")} of ${name}.` : "");
    this.spoken.say(this.isChosen ? told : "");
    this.progress.textContent = answer && "fraction" in answer ? percent(answer.fraction) : "";
    if (found) this.plot.show(found.details, found.texts, view);
  }

  /** Tokens of the segment. */
  private get tokens(): number {
    return this.view?.analysis.segmentTokens[this.segment ?? -1] ?? 0;
  }

  private get whyNone(): string | undefined {
    const { answer, tokens } = this;
    if (tokens > MOST_TOKENS) return `${counted(tokens, "token")} are too many to be told one by one.`;
    return answer && "failure" in answer ? answer.failure : undefined;
  }
}
