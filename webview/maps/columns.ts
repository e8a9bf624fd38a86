/** A run of segments, from the first until before the end. */
export type Run = readonly [first: number, end: number];

/** Columns of pixels and the segments that each shows. */
export interface Cut {
  readonly count: number;
  /** [count] Each column's first segment. */
  readonly first: Uint32Array;
  /** [count] The one after each column's last. */
  readonly end: Uint32Array;
}

/**
 * A part of the document cut into columns of pixels: the first one's left edge is `from`, the last one's right edge
 * `to`, both places among the segments (3.25 is a quarter into the fourth). A column shows the segments that begin in
 * it, or the one that it lies in.
 */
export class Columns implements Cut {
  readonly first: Uint32Array;
  readonly end: Uint32Array;

  constructor(
    readonly from: number,
    readonly to: number,
    readonly count: number,
  ) {
    this.first = new Uint32Array(count);
    this.end = new Uint32Array(count);
    for (let column = 0; column < count; column++) {
      [this.first[column], this.end[column]] = this.segmentsOf(column);
    }
  }

  /** The segments of a column, also of one beside those there are. */
  segmentsOf(column: number): Run {
    const first = Math.floor(this.placeOf(column));
    return [first, Math.max(first + 1, Math.floor(this.placeOf(column + 1)))];
  }

  /** The column at a share of the width, 0 to 1. */
  at(share: number): number {
    return Math.max(0, Math.min(this.count - 1, Math.floor(share * this.count)));
  }

  /** The first column that shows the segment; may lie outside of those there are. */
  of(segment: number): number {
    const scale = this.count / (this.to - this.from);
    const column = Math.floor((segment - this.from) * scale);
    return this.segmentsOf(column)[1] <= segment ? column + 1 : column;
  }

  /** Where a place lies, as a share of the width; outside of 0 to 1 where it is out of sight. */
  shareOf(place: number): number {
    return (place - this.from) / (this.to - this.from);
  }

  private placeOf(column: number): number {
    // A place that is whole but for the rounding of the division is whole.
    const place = this.from + (column * (this.to - this.from)) / this.count;
    const whole = Math.round(place);
    const rounding = Math.min(1e-9 * Math.max(1, whole), (1e-3 * (this.to - this.from)) / this.count);
    return Math.abs(place - whole) < rounding ? whole : place;
  }
}
