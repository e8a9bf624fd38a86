import { count, signed, times } from "../../../src/analysis/figures";
import { peak } from "../../../src/analysis/segmentFigures";
import type { TokenDetails } from "../../../src/analysis/tokenDetails";
import { element, headings, property } from "../../dom";
import { scrollArea } from "../../scrollArea";
import { tokenWords } from "./tokenWords";

/** More tokens than anyone reads here; the strips above show all. */
const MOST = 2000;

/** The tokens of a segment and their figures, T tokens. */
export interface ShownTokens {
  readonly details: TokenDetails;
  /** [T] */
  readonly texts: readonly string[];
  /** [T] What each token adds to the chosen label's logit; undefined for a head that is not a mean. */
  readonly values: Float32Array | undefined;
  /** [layers, T] How many times an even share of the document's attention each token has. */
  readonly shares: Float32Array;
}

/** The tokens as words, coloured by what they contribute, and the same as a table. */
export class TokenText {
  private readonly words = element("p", { class: "token-words", dir: "auto" });
  private readonly rows = element("div");
  private readonly table = element(
    "details",
    { class: "map-table" },
    element("summary", {}, "Tokens as a Table"),
    this.rows,
  );
  private shown: ShownTokens | undefined;
  private pointed: Element | undefined;

  readonly element = element("div", {}, this.words, this.table);

  /** @param onPoint Told which token the pointer is on; undefined once it is on none. */
  constructor(onPoint: (token: number | undefined) => void) {
    this.words.addEventListener("pointermove", ({ target }) => {
      const word = target instanceof HTMLElement ? target.dataset.token : undefined;
      onPoint(word === undefined ? undefined : Number(word));
    });
    this.words.addEventListener("pointerleave", () => {
      onPoint(undefined);
    });
    this.table.addEventListener("toggle", () => {
      this.fillTable();
    });
  }

  show(shown: ShownTokens): void {
    this.shown = shown;
    const { details, texts, values } = shown;
    const strongest = values ? peak(values) : 0;
    const words = tokenWords(details, texts.slice(0, MOST)).flatMap(({ word, isApart }, token) => {
      const span = element("span", { "data-token": String(token) }, word);
      const value = values?.[token] ?? 0;
      span.classList.add(value < 0 ? "against" : "for");
      property(span, "--strength", strongest > 0 ? Math.sqrt(Math.abs(value) / strongest) : 0);
      return isApart ? [" ", span] : [span];
    });
    this.words.replaceChildren(...words, texts.length > MOST ? ` … and ${count(texts.length - MOST)} more` : "");
    this.rows.replaceChildren();
    this.fillTable();
  }

  point(token: number | undefined): void {
    this.pointed?.classList.remove("pointed");
    this.pointed = token === undefined ? undefined : (this.words.querySelector(`[data-token="${token}"]`) ?? undefined);
    this.pointed?.classList.add("pointed");
  }

  /** Makes the table where it is open and there is none yet: few look at it. */
  private fillTable(): void {
    if (this.shown && this.table.open && !this.rows.hasChildNodes()) this.rows.append(tokenTable(this.shown));
  }
}

function tokenTable({ details, texts, values, shares }: ShownTokens): HTMLElement {
  const layer = Array.from({ length: details.layers }, (_, each) => each);
  const titles = ["Token", "Contribution", ...layer.map((each) => `GA, layer ${each + 1}`)];
  const strongest = values ? peak(values) : 0;
  const rows = texts.slice(0, MOST).map((text, token) => {
    const figures = [
      values ? signed(values[token] ?? 0, strongest) : "–",
      ...layer.map((each) => times(shares[each * texts.length + token] ?? 0)),
    ];
    const cells = figures.map((figure) => element("td", { class: "figure" }, figure));
    return element("tr", {}, element("th", { scope: "row" }, text), ...cells);
  });
  const table = element("table", {}, headings(titles), element("tbody", {}, ...rows));
  return scrollArea("Tokens", table);
}
