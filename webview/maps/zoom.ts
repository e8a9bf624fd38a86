import { Listeners } from "../listeners";

/** The part of the document that the maps show, in places among the segments; at least one segment, at most all. */
export class Zoom {
  from = 0;
  to = 0;
  segments = 0;
  private readonly changed = new Listeners();
  /** Calls the listener whenever another part is shown. */
  readonly onChange = this.changed.add;

  /** Shows all of a document of so many segments. */
  useFor(segments: number): void {
    this.segments = segments;
    this.show(0, segments);
  }

  get width(): number {
    return this.to - this.from;
  }

  get isWhole(): boolean {
    return this.width >= this.segments;
  }

  /** Shows the part between two places as far as the document goes. */
  show(from: number, to: number): void {
    const width = Math.min(this.segments, Math.max(1, to - from));
    this.from = Math.max(0, Math.min(this.segments - width, from));
    this.to = this.from + width;
    this.changed.tell();
  }

  /** Shows `factor` times as little; the place at `anchor`, a share of the width, stays where it is. */
  zoom(factor: number, anchor: number): void {
    const width = Math.min(this.segments, Math.max(1, this.width / factor));
    const from = this.from + (this.width - width) * anchor;
    this.show(from, from + width);
  }

  /** Moves by a number of segments. */
  pan(segments: number): void {
    this.show(this.from + segments, this.to + segments);
  }

  /** Moves no further than needed to have the segment in sight. */
  bringIntoSight(segment: number): void {
    if (segment < this.from) this.pan(segment - this.from);
    else if (segment + 1 > this.to) this.pan(segment + 1 - this.to);
  }
}
