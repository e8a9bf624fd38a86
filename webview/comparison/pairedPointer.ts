import { count, counted } from "../../src/analysis/figures";
import type { Comparison, FromComparison, Pair, Which } from "../../src/views/comparison/protocol";
import { element, property, show } from "../dom";
import type { Excerpts } from "../excerpts";
import { inNextFrame } from "../frame";
import type { Cut, Run } from "../maps/columns";
import { shareAt } from "../maps/pointerZoom";
import type { ContributionStrip } from "../maps/strip";
import type { Axis } from "./axis";
import { both } from "./pair";

interface Listeners {
  readonly post: (message: FromComparison) => void;
  /** Shows a side's values over the segments pointed at; of none, nothing. */
  readonly tell: (side: Which, run: Run | undefined) => void;
}

/** The pointer over a map or strip of one side tells what both have there, and a click shows it in the editor. */
export class PairedPointer {
  /** What is drawn. */
  cuts: Pair<Cut> | undefined;
  private readonly tip = element("div", { class: "tip" });
  /** The share of the width that the pointer is at. */
  private pointed: number | undefined;
  private readonly pointSoon = inNextFrame(() => {
    this.point();
  });

  constructor(
    private readonly plot: HTMLElement,
    private readonly comparison: Comparison,
    private readonly axis: Axis,
    private readonly strips: Pair<ContributionStrip>,
    private readonly excerpts: Pair<Excerpts>,
    private readonly listeners: Listeners,
  ) {
    plot.addEventListener("pointerleave", () => {
      this.pointed = undefined;
      this.pointSoon();
    });
    for (const each of excerpts) each.onReceive(this.pointSoon);
  }

  /** Listens to what a side's map or strip is drawn in. */
  follow(body: HTMLElement, side: Which): void {
    body.addEventListener("pointermove", (event) => {
      this.pointed = shareAt(body, event);
      body.closest(".map-pair")?.append(this.tip);
      this.pointSoon();
    });
    body.addEventListener("click", (event) => {
      const segment = this.segmentAt(side, shareAt(body, event));
      if (segment !== undefined) this.listeners.post({ type: "reveal", side, segment });
    });
  }

  private point(): void {
    const { pointed } = this;
    this.plot.classList.toggle("has-pointed", pointed !== undefined);
    show(this.tip, pointed !== undefined);
    both(this.strips, (_, side) => {
      this.listeners.tell(side, pointed === undefined ? undefined : this.runAt(side, pointed));
    });
    if (pointed === undefined) return;
    for (const name of ["--pointed", "--pointed-from", "--pointed-to"]) property(this.plot, name, pointed);
    this.tip.textContent = this.axis.told.map((side) => this.describe(side, pointed)).join("\n");
  }

  private describe(side: Which, share: number): string {
    const segment = this.segmentAt(side, share) ?? 0;
    this.excerpts[side].request([segment]);
    const { title, analysis } = this.comparison.sides[side];
    const whose = this.axis.told.length > 1 ? `${title}: ` : "";
    const size = counted(analysis.segmentTokens[segment] ?? 0, "token");
    return `${whose}Segment ${count(segment + 1)} · ${size}\n${this.excerpts[side].of(segment) ?? ""}`;
  }

  /** The segment that contributes most of those drawn at a share of the width. */
  private segmentAt(side: Which, share: number): number | undefined {
    const run = this.runAt(side, share);
    return run && this.strips[side].strongest(run);
  }

  private runAt(side: Which, share: number): Run | undefined {
    const cut = this.cuts?.[side];
    if (!cut) return undefined;
    const column = Math.min(cut.count - 1, Math.floor(share * cut.count));
    return [cut.first[column] ?? 0, cut.end[column] ?? 0];
  }
}
