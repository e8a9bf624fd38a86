import type { Run } from "../../maps/columns";
import type { HeatMap } from "../../maps/heatMap";
import { strongest } from "../../maps/strongest";
import type { InStep } from "../inStep";
import type { Plot } from "./plot";

/** A row of the plot: a layer of a map or, without a map, the contributions. */
export interface Row {
  readonly map?: HeatMap;
  readonly layer: number;
}

/** The cell that the pointer or the keyboard is on: its segment is the one that the whole page points at. */
export class Cursor {
  /** Undefined while the segment is pointed at elsewhere in the page. */
  row: Row | undefined;

  constructor(
    private readonly plot: Plot,
    private readonly inStep: InStep,
  ) {}

  /** Puts the cursor on what is drawn under the pointer: of several segments in a column, on the highest in the row. */
  moveTo(event: MouseEvent, share: number): void {
    this.row = this.rowAt(event) ?? this.row ?? { layer: 0 };
    this.inStep.point(this.segmentIn(this.plot.columns.segmentsOf(this.plot.columns.at(share))));
  }

  leave(): void {
    this.row = undefined;
    this.inStep.point(undefined);
  }

  /** Moves by the arrow keys' steps, bringing the cell into sight by way of `show`; whether the key is one of them. */
  handleKey(key: string, segments: number, show: (segment: number) => void): boolean {
    const { pointed } = this.inStep;
    const run = pointed === undefined ? undefined : this.plot.runOf(pointed);
    const [first, end] = run ?? this.plot.columns.segmentsOf(0);
    const start = pointed ?? first;
    const targets: Readonly<Partial<Record<string, number>>> = {
      ArrowLeft: run ? first - 1 : start,
      ArrowRight: run ? end : start,
      ArrowUp: start,
      ArrowDown: start,
      Home: 0,
      End: segments - 1,
    };
    const target = targets[key];
    if (target === undefined) return false;
    const line = key === "ArrowUp" ? -1 : key === "ArrowDown" ? 1 : 0;
    this.row = this.row ? this.rowBeside(this.row, line) : { layer: 0 };
    const segment = Math.max(0, Math.min(segments - 1, target));
    show(segment);
    this.inStep.point(line === 0 ? this.segmentIn(this.plot.runOf(segment)) : segment);
    return true;
  }

  private segmentIn(run: Run): number {
    const { map, layer } = this.row ?? { layer: 0 };
    return map ? map.highest(run, layer) : strongest(this.plot.strip.values, run);
  }

  private rowAt({ target, offsetY }: MouseEvent): Row | undefined {
    if (target === this.plot.strip.frame.canvas) return { layer: 0 };
    const map = this.plot.maps.find(({ frame }) => frame.canvas === target);
    if (!map?.means) return undefined;
    const { layers } = map.means;
    const layer = Math.floor((offsetY / Math.max(1, map.frame.canvas.clientHeight)) * layers);
    return { map, layer: Math.max(0, Math.min(layers - 1, layer)) };
  }

  /** The next row down or up, over from one map to the next. */
  private rowBeside({ map, layer }: Row, line: number): Row {
    const { maps } = this.plot;
    const layers = maps[0]?.means?.layers ?? 1;
    const place = (map ? 1 + maps.indexOf(map) * layers + layer : 0) + line;
    const beside = maps[Math.floor((Math.min(maps.length * layers, place) - 1) / layers)];
    return place > 0 && beside
      ? { map: beside, layer: Math.min(maps.length * layers - 1, place - 1) % layers }
      : { layer: 0 };
  }
}
