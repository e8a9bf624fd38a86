import type { Which } from "../../src/views/comparison/protocol";
import type { Run } from "../maps/columns";
import { strongest } from "../maps/strongest";
import type { Zoom } from "../maps/zoom";
import type { Axis } from "./axis";
import type { PairedPlot } from "./pairedPlot";

/** The place of the axis that the pointer or the keyboard is at, in a strip or map of one of the sides. */
export class PairedCursor {
  /** Undefined while nothing is pointed at. */
  place: number | undefined;
  /** Index of the pair in the plot's. */
  pair = 0;
  side: Which = 0;

  constructor(
    private readonly plot: PairedPlot,
    private readonly axis: Axis,
    private readonly zoom: Zoom,
  ) {}

  /** Points at what is drawn under the pointer; between two strips or maps at the one before. */
  moveTo({ target }: MouseEvent, share: number): void {
    this.place = this.zoom.from + this.zoom.width * share;
    this.plot.pairs.forEach(({ frames }, pair) => {
      for (const side of [0, 1] as const) {
        if (target instanceof Node && frames[side].element.contains(target)) [this.pair, this.side] = [pair, side];
      }
    });
  }

  leave(): void {
    this.place = undefined;
    this.pair = this.side = 0;
  }

  /** Moves segment by segment, as they are drawn, or to the next strip or map; whether the key does either. */
  moveByKey(key: string): boolean {
    const run = this.runAt(this.side);
    const last = this.plot.means[this.side].segments - 1;
    const targets: Readonly<Partial<Record<string, number>>> = {
      ArrowLeft: run && run[0] - 1,
      ArrowRight: run?.[1],
      Home: 0,
      End: last,
    };
    const line = key === "ArrowUp" ? -1 : key === "ArrowDown" ? 1 : 0;
    if (line === 0 && !(key in targets)) return false;
    const target = targets[key];
    if (target !== undefined) this.goTo(Math.max(0, Math.min(last, target)));
    else if (run && line !== 0) this.goBeside(line);
    else this.place = this.zoom.from;
    return true;
  }

  /** The segments of a side in the column of pixels pointed at; undefined where that is out of sight. */
  runAt(side: Which): Run | undefined {
    const cut = this.plot.cuts?.[side];
    if (!cut || this.place === undefined) return undefined;
    const share = this.plot.shareOf(this.place);
    // The right edge belongs to the last column.
    const column = share === 1 ? cut.count - 1 : Math.floor(share * cut.count);
    const [first, end] = [cut.first[column], cut.end[column]];
    return first === undefined || end === undefined ? undefined : [first, end];
  }

  /** The segment of a side that contributes most of those pointed at. */
  segmentAt(side: Which): number | undefined {
    const run = this.runAt(side);
    return run && strongest(this.plot.strips[side].values, run);
  }

  /** From where to where on the axis that segment lies. */
  get part(): Run | undefined {
    const segment = this.segmentAt(this.side);
    return segment === undefined
      ? undefined
      : [this.axis.startOf(this.side, segment), this.axis.startOf(this.side, segment + 1)];
  }

  private goTo(segment: number): void {
    const { axis, side } = this;
    this.place = (axis.startOf(side, segment) + axis.startOf(side, segment + 1)) / 2;
    this.zoom.bringIntoSight(Math.floor(this.place));
  }

  private goBeside(line: number): void {
    const row = Math.max(0, Math.min(2 * this.plot.pairs.length - 1, 2 * this.pair + this.side + line));
    [this.pair, this.side] = [Math.floor(row / 2), row % 2 === 0 ? 0 : 1];
  }
}
