import * as vscode from "vscode";
import { count, signed } from "../analysis/figures";
import { byStrength, contributions, peak } from "../analysis/segmentFigures";
import { plainLabel } from "../editor/plainLabel";
import { visibleEditor } from "../editor/visibleEditor";
import type { Choice, ChosenLabel } from "../readings/choice";
import type { Panel } from "../views/panel/panel";
import { revealSegment } from "../views/revealSegment";
import { segmentAtCursor } from "../views/segmentAtCursor";
import { checkUnedited, type DocumentReading } from "./segmentTarget";

const ANNOUNCED_MS = 10_000;

/** "PoNet: Next Strongest Segment" and its reverse: a walk from the strongest contribution to the weakest and round. */
export class StrongestSegments {
  /** Where the walk stands: in which reading, head and label, and at which rank. */
  private last: (ChosenLabel & { readonly readingId: number; readonly rank: number }) | undefined;

  constructor(
    private readonly choice: Choice,
    private readonly panel: Panel,
  ) {}

  /**
   * Reveals the segment `by` ranks weaker, in the editor and in the panel, and announces it; the strongest first, and
   * whenever the cursor has left the segment that was revealed before.
   * @throws PreconditionError when the text is no longer the one that was read
   */
  async step({ document, reading }: DocumentReading, by: 1 | -1): Promise<void> {
    const chosen = this.choice.of(document.uri, reading.analysis);
    if (!chosen) return;
    checkUnedited({ document, reading });
    const values = contributions(chosen.head, chosen.label);
    const order = byStrength(values);
    const editor = visibleEditor(document.uri);
    const cursor = editor && segmentAtCursor(reading.analysis.bounds, editor);
    const { last } = this;
    const goesOn =
      last?.readingId === reading.id &&
      last.head === chosen.head &&
      last.label === chosen.label &&
      order[last.rank] === cursor;
    const rank = goesOn ? (last.rank + by + order.length) % order.length : 0;
    const segment = order[rank] ?? 0;
    this.last = { ...chosen, readingId: reading.id, rank };
    await revealSegment(document, reading, segment, true);
    this.panel.reveal(document, segment);
    const value = signed(values[segment] ?? 0, peak(values));
    const place = `Strongest ${count(rank + 1)} of ${count(order.length)}: segment ${count(segment + 1)}`;
    const label = plainLabel(chosen.head.labels[chosen.label] ?? "");
    vscode.window.setStatusBarMessage(`${place}, ${value} for ${label}`, ANNOUNCED_MS);
  }
}
