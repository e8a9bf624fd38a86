import { count, signed } from "../../../src/analysis/figures";
import { peak } from "../../../src/analysis/segmentFigures";
import type { TokenDetails } from "../../../src/analysis/tokenDetails";
import { element, headings, property } from "../../dom";
import { scrollArea } from "../../scrollArea";

/** More tokens than anyone reads here; the strips above show all. */
const MOST = 2000;

/** The tokens as words, coloured by what they contribute, and the same as a table. */
export class TokenText {
  private readonly words = element("p", { class: "token-words", dir: "auto" });
  private readonly table = element("details", { class: "map-table" });
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
  }

  /**
   * @param values [T] What each token contributes; undefined where that is not known.
   * @param overEvenShare How a share of the attention is written.
   */
  show(
    texts: readonly string[],
    values: Float32Array | undefined,
    details: TokenDetails,
    overEvenShare: (attention: number) => number,
  ): void {
    const strongest = values ? peak(values) : 0;
    const { starts, ends } = details;
    const words = texts.slice(0, MOST).flatMap((text, token) => {
      const word = element("span", { "data-token": String(token) }, text);
      const value = values?.[token] ?? 0;
      word.classList.add(value < 0 ? "against" : "for");
      property(word, "--strength", strongest > 0 ? Math.sqrt(Math.abs(value) / strongest) : 0);
      return token > 0 && starts[token] !== ends[token - 1] ? [" ", word] : [word];
    });
    this.words.replaceChildren(...words, texts.length > MOST ? ` … and ${count(texts.length - MOST)} more` : "");
    const { open } = this.table;
    this.table.replaceChildren(element("summary", {}, "Tokens as a Table"));
    this.table.open = open;
    this.table.ontoggle = () => {
      if (this.table.open && this.table.childElementCount === 1) this.table.append(rows());
    };
    const rows = (): HTMLElement => tokenTable(texts, values, details, overEvenShare);
    if (open) this.table.append(rows());
  }

  point(token: number | undefined): void {
    this.pointed?.classList.remove("pointed");
    this.pointed = token === undefined ? undefined : (this.words.querySelector(`[data-token="${token}"]`) ?? undefined);
    this.pointed?.classList.add("pointed");
  }
}

function tokenTable(
  texts: readonly string[],
  values: Float32Array | undefined,
  { layers, attention }: TokenDetails,
  overEvenShare: (attention: number) => number,
): HTMLElement {
  const layer = Array.from({ length: layers }, (_, each) => each);
  const titles = ["Token", "Contribution", ...layer.map((each) => `GA, layer ${each + 1}`)];
  const strongest = values ? peak(values) : 0;
  const rows = texts.slice(0, MOST).map((text, token) => {
    const figures = [
      values ? signed(values[token] ?? 0, strongest) : "–",
      ...layer.map((each) => `${overEvenShare(attention[each * texts.length + token] ?? 0).toFixed(2)}×`),
    ];
    const cells = figures.map((figure) => element("td", { class: "figure" }, figure));
    return element("tr", {}, element("th", { scope: "row" }, text), ...cells);
  });
  const table = element("table", {}, headings(titles), element("tbody", {}, ...rows));
  return scrollArea("Tokens", table);
}
