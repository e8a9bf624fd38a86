import type { Analysis } from "../../../src/analysis/analysis";
import { count, counted } from "../../../src/analysis/figures";
import type { Excerpts } from "../../excerpts";
import { inNextFrame } from "../../frame";
import { Aloud } from "../../maps/aloud";
import type { InStep } from "../inStep";
import type { Cursor } from "./cursor";
import { Overlay } from "./overlay";
import type { Plot } from "./plot";

/** Tells of the cell pointed at: on the maps, in their titles, in a tip and, to who moves by key, aloud. */
export class Readout {
  private readonly overlay: Overlay;
  private readonly aloud = new Aloud();
  private analysis: Analysis | undefined;

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
    plot.area.append(this.aloud.element);
    inStep.onChange(this.updateSoon);
    excerpts.onReceive(() => {
      this.updateSoon();
      this.aloud.sayWords();
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
      const { pointed } = this.inStep;
      const words = pointed === undefined ? [] : [() => this.excerpts.of(pointed)];
      this.aloud.say(`${(map ?? this.plot.strip).frame.valueText}, ${this.describe()}`, words);
    });
  }

  /** Has a screen reader tell which part is shown, in words. */
  speakPart(part: string): void {
    this.aloud.say(part, []);
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
