import { count, signed } from "../../src/analysis/figures";
import { contributions, peak } from "../../src/analysis/segmentFigures";
import type { TokenDetails } from "../../src/analysis/tokenDetails";
import type { ToPanel } from "../../src/views/panelProtocol";
import { element, property, show } from "../dom";
import { inNextFrame } from "../frame";
import { readKnobs } from "../knobs";
import type { Post, View } from "../view";
import { colourTable, entryOf } from "./colourTable";
import { Columns } from "./columns";
import { Legend } from "./legend";
import { MapFrame } from "./mapFrame";
import { drawPixels } from "./pixels";
import { shareAt } from "./pointerZoom";
import { drawBars, extremes } from "./signedBars";
import { TokenText } from "./tokenText";
import type { Zoom } from "./zoom";

type Answer = Extract<ToPanel, { readonly type: "tokens" }>;

/** While the maps move on, no segment's tokens are asked for. */
const PAUSE_MS = 200;

/** The tokens of the one segment that the maps are zoomed to: what each adds to the label, and GA's attention on it. */
export class TokenStrip {
  private readonly note = element("p", { class: "quiet", role: "status" });
  private readonly contributions = new MapFrame(element("span"));
  private readonly legend = new Legend((value) => `${value.toFixed(2)}×`);
  private readonly attention = new MapFrame(this.legend.element);
  private readonly text: TokenText;
  private readonly title = element("h3");
  private readonly figures: HTMLElement;
  private segment: number | undefined;
  private answer: Answer | undefined;
  private view: View | undefined;
  private timer: number | undefined;

  readonly element: HTMLElement;
  /** Draws the strip anew in the next frame. */
  readonly redraw = inNextFrame(() => {
    this.draw();
  });

  constructor(
    private readonly zoom: Zoom,
    private readonly post: Post,
  ) {
    this.text = new TokenText((token) => {
      this.point(token);
    });
    this.contributions.element.classList.add("strip");
    this.figures = element("div", {}, this.contributions.element, this.attention.element, this.text.element);
    this.element = element("div", { class: "tokens", hidden: "" }, this.title, this.note, this.figures);
    for (const { canvas } of [this.contributions, this.attention]) {
      canvas.addEventListener("pointermove", (event) => {
        this.point(Math.floor(shareAt(canvas, event) * this.texts.length));
      });
      canvas.addEventListener("pointerleave", () => {
        this.point(undefined);
      });
    }
    zoom.onChange(() => {
      this.follow();
    });
    new ResizeObserver(this.redraw).observe(this.figures);
  }

  show(view: View): void {
    if (view.readingId !== this.view?.readingId) this.segment = this.answer = undefined;
    this.view = view;
    this.follow();
    this.fill();
  }

  receive(answer: Answer): void {
    if (answer.readingId !== this.view?.readingId || answer.segment !== this.segment) return;
    this.answer = answer;
    this.fill();
  }

  private get texts(): readonly string[] {
    return this.answer && "texts" in this.answer ? this.answer.texts : [];
  }

  private get details(): TokenDetails | undefined {
    return this.answer && "details" in this.answer ? this.answer.details : undefined;
  }

  /** [T] What each token adds to the chosen label's logit; undefined for a head that is not a mean. */
  private get values(): Float32Array | undefined {
    const head = this.details?.heads.find(({ name }) => name === this.view?.head.name);
    return head && contributions(head, this.view?.label ?? 0);
  }

  /** Asks for the tokens of the segment that fills the maps, once these rest on it. */
  private follow(): void {
    const { from, to, width, segments } = this.zoom;
    const segment = width < 1.5 && segments > 0 ? Math.floor((from + to) / 2) : undefined;
    if (segment === this.segment) return;
    this.segment = segment;
    this.answer = undefined;
    this.fill();
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      const readingId = this.view?.readingId;
      if (segment !== undefined && readingId !== undefined) this.post({ type: "tokens", readingId, segment });
    }, PAUSE_MS);
  }

  private fill(): void {
    show(this.element, this.segment !== undefined);
    show(this.figures, this.details !== undefined);
    if (this.segment === undefined || !this.view) return;
    const { head, label } = this.view;
    this.title.textContent = `Tokens of segment ${count(this.segment + 1)}`;
    const failure = this.answer && "failure" in this.answer ? this.answer.failure : undefined;
    this.note.textContent = failure ?? (this.details ? "" : "Reading …");
    const { details, values } = this;
    if (!details) return;
    show(this.contributions.element, values !== undefined);
    this.contributions.rename("Contribution", `to the logit of ${head.labels[label] ?? ""}`);
    this.attention.rename("GA", "attention over an even share");
    property(this.attention.element, "--layers", details.layers);
    this.text.show(this.texts, values, details, this.overEvenShare);
    this.redraw();
  }

  /** How many times an even share of the document's attention a token has. */
  private readonly overEvenShare = (attention: number): number => attention * (this.view?.analysis.tokens ?? 1);

  private draw(): void {
    const { details, values } = this;
    const width = Math.round(this.figures.clientWidth * devicePixelRatio);
    const tokens = this.texts.length;
    if (!details || width === 0 || tokens === 0) return;
    const columns = new Columns(0, tokens, width);
    if (values) drawBars(this.contributions.canvas, values, extremes(values, 0, tokens), columns);
    const shares = details.attention.map(this.overEvenShare);
    const low = shares.reduce((least, value) => Math.min(least, value), Infinity);
    const high = shares.reduce((most, value) => Math.max(most, value), 0);
    const table = colourTable(readKnobs().intensity);
    const pixels = new Uint32Array(details.layers * width);
    pixels.forEach((_, pixel) => {
      const token = columns.first[pixel % width] ?? 0;
      pixels[pixel] = table[entryOf(shares[Math.floor(pixel / width) * tokens + token] ?? 0, low, high)] ?? 0;
    });
    drawPixels(this.attention.canvas, pixels, width, details.layers);
    this.legend.show({ low, high });
    this.legend.draw(table);
  }

  private point(token: number | undefined): void {
    const { details, values } = this;
    const tokens = this.texts.length;
    const place = token === undefined ? undefined : Math.max(0, Math.min(tokens - 1, token));
    this.figures.classList.toggle("has-pointed", place !== undefined);
    this.text.point(place);
    if (place === undefined || !details) {
      this.contributions.tell("");
      this.attention.tell("");
      return;
    }
    property(this.figures, "--pointed-from", place / tokens);
    property(this.figures, "--pointed-to", (place + 1) / tokens);
    const word = this.texts[place] ?? "";
    if (values) this.contributions.tell(`${word} ${signed(values[place] ?? 0, peak(values))}`);
    this.attention.tell(`${word} ${this.overEvenShare(meanAttention(details, place)).toFixed(2)}×`);
  }
}

/** The global attention on a token, mean over the layers. */
export function meanAttention({ layers, attention }: TokenDetails, token: number): number {
  const tokens = attention.length / layers;
  let sum = 0;
  for (let layer = 0; layer < layers; layer++) sum += attention[layer * tokens + token] ?? 0;
  return sum / layers;
}
