import type { Analysis } from "../../src/analysis/analysis";
import { count, counted } from "../../src/analysis/figures";
import { element } from "../dom";
import type { Excerpts } from "../excerpts";
import { inNextFrame } from "../frame";
import type { InStep } from "../inStep";
import type { Cursor } from "./cursor";
import { Overlay } from "./overlay";
import type { Plot } from "./plot";

/** Tells of the cell pointed at: on the maps, in their titles, in a tip and, to who moves by key, aloud. */
export class Readout {
  private readonly overlay: Overlay;
  private readonly spoken = element("div", { class: "spoken", "aria-live": "polite" });
  private analysis: Analysis | undefined;
  /** The segment that was spoken of before its words were known. */
  private unspoken: number | undefined;

  readonly updateSoon = inNextFrame(() => {
    this.update();
  });

  constructor(
    private readonly plot: Plot,
    private readonly cursor: Cursor,
    private readonly inStep: InStep,
    private readonly excerpts: Excerpts,
  ) {
    this.overlay = new Overlay(plot.area);
    plot.area.append(this.spoken);
    inStep.onChange(this.updateSoon);
    excerpts.onReceive(() => {
      this.updateSoon();
      this.speakWords();
    });
  }

  useFor(analysis: Analysis): void {
    this.analysis = analysis;
  }

  /** Shows on the maps what is pointed at and marked, without drawing them again. */
  update(): void {
    const { pointed, marked } = this.inStep;
    const { columns, maps, strip } = this.plot;
    const { row } = this.cursor;
    const run = pointed === undefined ? undefined : this.plot.runOf(pointed);
    this.overlay.mark(columns, marked === undefined ? undefined : this.plot.runOf(marked));
    this.overlay.point(columns, run);
    for (const map of maps) map.tell(run, row?.map && row.layer);
    strip.tell(pointed);
    if (pointed !== undefined && row) this.excerpts.request([pointed]);
    const frame = pointed === undefined || !row ? undefined : (row.map ?? strip).frame;
    this.overlay.tell(frame, row?.layer ?? 0, this.describe());
  }

  /** Has a screen reader tell the cell, the value with the rest. */
  speak(): void {
    this.updateSoon();
    // The value stands in the title of the map, which the next frame fills in.
    requestAnimationFrame(() => {
      const { map } = this.cursor.row ?? {};
      this.spoken.textContent = `${(map ?? this.plot.strip).frame.valueText}, ${this.describe()}`;
      const { pointed } = this.inStep;
      this.unspoken = pointed !== undefined && this.excerpts.of(pointed) === undefined ? pointed : undefined;
    });
  }

  private speakWords(): void {
    const { pointed } = this.inStep;
    const words = pointed === undefined || pointed !== this.unspoken ? undefined : this.excerpts.of(pointed);
    if (words === undefined) return;
    this.unspoken = undefined;
    // Of a live region what is added is read aloud.
    this.spoken.append(` ${words}`);
  }

  private describe(): string {
    const { pointed } = this.inStep;
    const { row } = this.cursor;
    if (!this.analysis || pointed === undefined || !row) return "";
    const [first, end] = this.plot.runOf(pointed);
    const parts = [`Segment ${count(pointed + 1)}`, counted(this.analysis.segmentTokens[pointed] ?? 0, "token")];
    if (row.map) parts.splice(1, 0, `layer ${row.layer + 1}`);
    const among = end - first > 1 ? [`Highest of segments ${count(first + 1)} to ${count(end)}`] : [];
    return [parts.join(" · "), ...among, this.excerpts.of(pointed) ?? ""].join("\n");
  }
}
