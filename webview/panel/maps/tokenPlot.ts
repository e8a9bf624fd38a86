import { signed, times } from "../../../src/analysis/figures";
import { scaleOf } from "../../../src/analysis/scale";
import { contributions, peak } from "../../../src/analysis/segmentFigures";
import type { TokenDetails } from "../../../src/analysis/tokenDetails";
import { element, property, show } from "../../dom";
import { inNextFrame } from "../../frame";
import { colourTable, entryOf } from "../../maps/colourTable";
import { Columns } from "../../maps/columns";
import { Legend } from "../../maps/legend";
import { MapFrame } from "../../maps/mapFrame";
import { drawPixels } from "../../maps/pixels";
import { shareAt } from "../../maps/pointerZoom";
import { drawBars, extremes } from "../../maps/signedBars";
import { strongest } from "../../maps/strongest";
import { onResize } from "../../resize";
import type { View } from "../../view";
import { readKnobs } from "../knobs";
import { highestTokens, meanShares } from "./highestTokens";
import { TokenText, type ShownTokens } from "./tokenText";

/** The part of what is drawn that the colours do not stretch for: a full stop may have forty times an even share. */
const OUTLIERS = 0.05;

interface Shown extends ShownTokens {
  /** [T] The shares over all layers. */
  readonly means: Float32Array;
}

/** The tokens of a segment over one axis, what each adds to the label and GA's attention on it, and in words. */
export class TokenPlot {
  private readonly contributions = new MapFrame(element("span"));
  private readonly legend = new Legend(times, `At most ${OUTLIERS * 100}% of what is drawn lies beyond the upper end.`);
  private readonly attention = new MapFrame(this.legend.element);
  private readonly text = new TokenText((token) => {
    this.point(token);
  });
  private shown: Shown | undefined;
  private columns = new Columns(0, 1, 1);
  /** [columns] The token whose shares are drawn in each. */
  private highest: Uint32Array = new Uint32Array();

  readonly element = element("div", {}, this.contributions.element, this.attention.element, this.text.element);
  /** Draws the plot anew in the next frame. */
  readonly redraw = inNextFrame(() => {
    this.draw();
  });

  constructor() {
    this.contributions.element.classList.add("strip");
    for (const { canvas } of [this.contributions, this.attention]) {
      canvas.addEventListener("pointermove", (event) => {
        this.point(this.tokenAt(canvas, this.columns.at(shareAt(canvas, event))));
      });
      canvas.addEventListener("pointerleave", () => {
        this.point(undefined);
      });
    }
    onResize(this.element, this.redraw);
  }

  show(details: TokenDetails, texts: readonly string[], { analysis, head, label }: View): void {
    const ofHead = details.heads.find(({ name }) => name === head.name);
    const values = ofHead && contributions(ofHead, label);
    const shares = details.attention.map((attention) => attention * analysis.tokens);
    this.shown = { details, texts, values, shares, means: meanShares(shares, details.layers) };
    show(this.contributions.element, values !== undefined);
    this.contributions.rename("Contribution", `to the logit of ${head.labels[label] ?? ""}`);
    this.attention.rename("GA", "attention over an even share");
    property(this.attention.element, "--layers", details.layers);
    this.text.show(this.shown);
    this.redraw();
  }

  private draw(): void {
    const width = Math.round(this.element.clientWidth * devicePixelRatio);
    if (!this.shown || width === 0 || this.shown.texts.length === 0) return;
    const { details, texts, values, shares, means } = this.shown;
    const tokens = texts.length;
    this.columns = new Columns(0, tokens, width);
    this.highest = highestTokens(this.columns, means);
    if (values) drawBars(this.contributions.canvas, values, extremes(values, 0, tokens), this.columns);
    const table = colourTable(readKnobs().intensity);
    const cells = Float32Array.from(
      { length: details.layers * width },
      (_, cell) => shares[Math.floor(cell / width) * tokens + (this.highest[cell % width] ?? 0)] ?? 0,
    );
    // By what is drawn: of many tokens in each column nearly all columns would be beyond the scale of all tokens.
    const scale = scaleOf(cells, 0, OUTLIERS);
    this.legend.show(scale);
    const pixels = Uint32Array.from(cells, (value) => table[entryOf(scale, value)] ?? 0);
    drawPixels(this.attention.canvas, pixels, width, details.layers);
    this.legend.draw(table);
  }

  /** The token that a column shows: the strongest among the contributions, in GA the highest. */
  private tokenAt(canvas: HTMLCanvasElement, column: number): number | undefined {
    const values = canvas === this.contributions.canvas ? this.shown?.values : undefined;
    return values ? strongest(values, this.columns.segmentsOf(column)) : this.highest[column];
  }

  private point(token: number | undefined): void {
    const tokens = this.shown?.texts.length ?? 0;
    const place = token === undefined || tokens === 0 ? undefined : Math.max(0, Math.min(tokens - 1, token));
    this.element.classList.toggle("has-pointed", place !== undefined);
    this.text.point(place);
    if (place === undefined || !this.shown) {
      this.contributions.tell("");
      this.attention.tell("");
      this.legend.point(undefined);
      return;
    }
    const { texts, values, means } = this.shown;
    property(this.element, "--pointed-from", place / tokens);
    property(this.element, "--pointed-to", (place + 1) / tokens);
    // Between isolates, lest a right-to-left word draws the figure's sign to its other side.
    const word = `\u2068${texts[place] ?? ""}\u2069`;
    const share = means[place] ?? 0;
    // The figure first: a long word is cut off.
    if (values) this.contributions.tell(`${signed(values[place] ?? 0, peak(values))} ${word}`);
    this.attention.tell(`${times(share)} ${word}`);
    this.legend.point(share);
  }
}
