import { count, counted } from "../../src/analysis/figures";
import type { Comparison, Pair, Which } from "../../src/views/comparison/protocol";
import { element, property, show } from "../dom";
import type { Excerpts } from "../excerpts";
import { inNextFrame } from "../frame";
import { Aloud } from "../maps/aloud";
import type { Axis } from "./axis";
import { both } from "./pair";
import type { PairedCursor } from "./pairedCursor";
import type { PairedPlot } from "./pairedPlot";

/** Tells what both sides have where the cursor is: on the maps, in their titles, in a tip and, to who moves by key, aloud. */
export class PairedReadout {
  private readonly tip = element("div", { class: "tip" });
  private readonly aloud = new Aloud();

  readonly updateSoon = inNextFrame(() => {
    this.update();
  });

  constructor(
    private readonly comparison: Comparison,
    private readonly axis: Axis,
    private readonly plot: PairedPlot,
    private readonly cursor: PairedCursor,
    private readonly excerpts: Pair<Excerpts>,
  ) {
    plot.area.append(this.aloud.element);
    for (const each of excerpts) {
      each.onReceive(() => {
        this.updateSoon();
        this.aloud.sayWords();
      });
    }
  }

  /** Shows what is pointed at without drawing the maps again. */
  update(): void {
    const { cursor, plot } = this;
    const { part } = cursor;
    plot.area.classList.toggle("has-pointed", part !== undefined);
    show(this.tip, part !== undefined);
    both(plot.strips, (_, side) => {
      this.tell(side);
    });
    plot.pairs.forEach(({ frames, element: parent }, pair) => {
      both(frames, (frame, side) => {
        frame.element.classList.toggle("current", pair === cursor.pair && side === cursor.side);
      });
      if (pair === cursor.pair && this.tip.parentElement !== parent) parent.append(this.tip);
    });
    if (!part) return;
    property(plot.area, "--pointed", Math.max(0, Math.min(1, plot.shareOf((part[0] + part[1]) / 2))));
    this.tip.textContent = this.describe();
  }

  /** Has a screen reader tell the values of both, and where they are. */
  speak(): void {
    this.updateSoon();
    // The values stand in the titles of the maps, which the next frame fills in.
    requestAnimationFrame(() => {
      const pair = this.plot.pairs[this.cursor.pair];
      const values = pair ? pair.frames.map((frame) => frame.valueText).join(", ") : "";
      const words = this.axis.told.flatMap((side) => {
        const segment = this.cursor.segmentAt(side);
        return segment === undefined ? [] : [() => this.excerpts[side].of(segment)];
      });
      this.aloud.say(`${pair?.name ?? ""}: ${values}, ${this.describe()}`, words);
    });
  }

  /** Has a screen reader tell which part is shown, in words. */
  speakPart(part: string): void {
    this.aloud.say(part, []);
  }

  private tell(side: Which): void {
    const { axis, cursor, plot } = this;
    const run = cursor.runAt(side);
    plot.strips[side].tell(cursor.segmentAt(side));
    for (const pair of plot.maps) pair[side].tell(run, undefined);
    if (!run) return;
    const [from, to] = both(run, (segment) => plot.shareOf(axis.startOf(side, segment)));
    for (const { frames } of plot.pairs) {
      property(frames[side].body, "--pointed-from", from);
      property(frames[side].body, "--pointed-to", to);
    }
  }

  private describe(): string {
    return this.axis.told.map((side) => this.describeSide(side)).join("\n");
  }

  private describeSide(side: Which): string {
    const segment = this.cursor.segmentAt(side);
    if (segment === undefined) return "";
    this.excerpts[side].request([segment]);
    const { title, analysis } = this.comparison.sides[side];
    const whose = this.axis.told.length > 1 ? `${title}: ` : "";
    const size = counted(analysis.segmentTokens[segment] ?? 0, "token");
    return `${whose}Segment ${count(segment + 1)} · ${size}\n${this.excerpts[side].of(segment) ?? ""}`;
  }
}
