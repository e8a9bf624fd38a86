import type { ToPanel } from "../../src/views/panel/protocol";
import { Listeners } from "../listeners";
import type { Post } from "../view";

type FromEditor = Extract<ToPanel, { readonly type: "mark" | "sight" }>;

/** The editor is told no more often than this where the pointer is. */
const THROTTLE_MS = 50;

/** Where the reader is: the segment pointed at in this page, the one marked in the editor, and what that has in sight. */
export class InStep {
  pointed: number | undefined;
  marked: number | undefined;
  /** As places among the segments: 3.25 is a quarter into the fourth. */
  sight: readonly [from: number, to: number] | undefined;
  private readingId: number | undefined;
  private timer: number | undefined;
  private readonly changed = new Listeners();
  /** Calls the listener whenever the reader is elsewhere. */
  readonly onChange = this.changed.add;
  private readonly revealed = new Listeners<[segment: number]>();
  /** Calls the listener with a segment that is to be brought into sight. */
  readonly onReveal = this.revealed.add;

  constructor(private readonly post: Post) {}

  /** Forgets what belongs to another reading. */
  useFor(readingId: number): void {
    if (this.readingId === readingId) return;
    this.readingId = readingId;
    this.point(undefined);
    this.marked = this.sight = undefined;
  }

  /** Points at a segment, here and in the editor; undefined once nothing is pointed at. */
  point(segment: number | undefined): void {
    if (this.pointed === segment) return;
    this.pointed = segment;
    this.changed.tell();
    this.timer ??= window.setTimeout(() => {
      this.timer = undefined;
      const { readingId, pointed } = this;
      if (readingId === undefined) return;
      this.post({ type: "point", readingId, ...(pointed !== undefined && { segment: pointed }) });
    }, THROTTLE_MS);
  }

  receive(message: FromEditor): void {
    if (message.readingId !== this.readingId) return;
    if (message.type === "sight") this.sight = message.sight;
    else this.marked = message.segment;
    this.changed.tell();
    if (message.type !== "mark" || !message.reveal || message.segment === undefined) return;
    this.revealed.tell(message.segment);
  }
}
