import * as vscode from "vscode";
import { count, signed } from "../analysis/figures";
import { byStrength, contribution, contributions, peakContribution } from "../analysis/segmentFigures";
import { plainLabel } from "../editor/plainLabel";
import { visibleEditor } from "../editor/visibleEditor";
import type { Choice } from "../readings/choice";
import type { Panel } from "../views/panel/panel";
import { revealSegment } from "../views/revealSegment";
import { segmentAtCursor } from "../views/segmentAtCursor";
import { checkUnedited, type DocumentReading } from "./segmentTarget";

const ANNOUNCED_MS = 10_000;

/** Where a walk stands: in the order of which reading, head and label, and at which rank. */
interface Walk {
  readonly readingId: number;
  readonly head: string;
  readonly label: number;
  readonly order: Uint32Array;
  readonly rank: number;
}

/** "PoNet: Next Strongest Segment" and its reverse: a walk from the strongest contribution to the weakest and round. */
export class StrongestSegments {
  private last: Walk | undefined;

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
    const { head, label } = chosen;
    checkUnedited({ document, reading });
    const editor = visibleEditor(document.uri);
    const cursor = editor && segmentAtCursor(reading.analysis.bounds, editor);
    const { last } = this;
    const isSame = last?.readingId === reading.id && last.head === head.name && last.label === label;
    const order = isSame ? last.order : byStrength(contributions(head, label));
    const goesOn = isSame && order[last.rank] === cursor;
    const rank = goesOn ? (last.rank + by + order.length) % order.length : 0;
    const segment = order[rank] ?? 0;
    this.last = { readingId: reading.id, head: head.name, label, order, rank };
    await revealSegment(document, reading, segment, true);
    this.panel.reveal(document, segment);
    const value = signed(contribution(head, segment, label), peakContribution(head, label));
    const place = `Strongest ${count(rank + 1)} of ${count(order.length)}: segment ${count(segment + 1)}`;
    vscode.window.setStatusBarMessage(`${place}, ${value} for ${plainLabel(head.labels[label] ?? "")}`, ANNOUNCED_MS);
  }
}
