import * as vscode from "vscode";
import { placeAt } from "../../analysis/segmentFigures";
import { visibleEditor } from "../../editor/visibleEditor";
import type { Reading } from "../../readings/reading";
import { segmentAtCursor } from "../segmentAtCursor";
import { segmentRange } from "../segmentRange";
import type { PanelContent } from "./content";
import type { ToPanel } from "./protocol";

/** While the editor scrolls or the cursor runs, the page is told no more often than this. */
const THROTTLE_MS = 50;

/** Keeps the editor and the panel on the same segment: each shows where the other one is. */
export class InStep implements vscode.Disposable {
  private readonly pointed = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor("editor.hoverHighlightBackground"),
    borderColor: new vscode.ThemeColor("focusBorder"),
    borderStyle: "solid",
    borderWidth: "0 0 0 3px",
    overviewRulerColor: new vscode.ThemeColor("focusBorder"),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
  });
  private readonly subscriptions: readonly Pick<vscode.Disposable, "dispose">[];
  private timer: NodeJS.Timeout | undefined;
  private marked: number | undefined;
  /** The reading that the marked segment is one of, and whether its offsets held. */
  private markedIn: { readonly id: number; readonly holds: boolean } | undefined;
  /** Whether the page still has to bring the marked segment into sight. */
  private reveal = false;

  /** @param post Sends the page a message; false when there is no page to get it. */
  constructor(
    private readonly content: PanelContent,
    private readonly post: (message: ToPanel) => boolean,
  ) {
    const schedule = (): void => {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.update();
      }, THROTTLE_MS);
    };
    this.subscriptions = [
      this.pointed,
      vscode.window.onDidChangeTextEditorVisibleRanges(schedule),
      vscode.window.onDidChangeVisibleTextEditors(schedule),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor.document !== this.content.document) return;
        this.followCursor();
        schedule();
      }),
    ];
  }

  /** Marks a segment in the page; with `reveal` the page brings it into sight, now or when there is one. */
  mark(document: vscode.TextDocument, segment: number, reveal: boolean): void {
    if (document !== this.content.document) return;
    this.marked = segment;
    this.markedIn = this.state;
    this.reveal = reveal;
    this.update();
  }

  /** Marks a segment in the editors that have it in sight; undefined takes the mark away. */
  point(segment: number | undefined): void {
    const { document } = this.content;
    const reading = this.reading;
    const ranges = document && reading && segment !== undefined ? [segmentRange(document, reading, segment)] : [];
    for (const editor of vscode.window.visibleTextEditors) {
      editor.setDecorations(this.pointed, editor.document === document ? ranges : []);
    }
  }

  /** Tells the page what is marked and what the editor has in sight, as far as that is known. */
  update(): void {
    const { state } = this;
    if (!state) return;
    if (state.id !== this.markedIn?.id || state.holds !== this.markedIn.holds) this.followCursor();
    const readingId = state.id;
    const sight = this.sight();
    const mark = { ...(this.marked !== undefined && { segment: this.marked }), reveal: this.reveal };
    if (this.post({ type: "mark", readingId, ...mark })) this.reveal = false;
    this.post({ type: "sight", readingId, ...(sight && { sight }) });
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private followCursor(): void {
    const { editor, reading } = this;
    this.marked = reading && editor && segmentAtCursor(reading.analysis.bounds, editor);
    this.markedIn = this.state;
    this.reveal = false;
  }

  /** The reading that the page shows: once the text is another, nobody knows where its segments are. */
  private get state(): { readonly id: number; readonly holds: boolean } | undefined {
    const { shownReading } = this.content;
    return shownReading && { id: shownReading.id, holds: this.reading !== undefined };
  }

  /** The shown document's reading while its offsets hold. */
  private get reading(): Reading | undefined {
    const { document, shownReading } = this.content;
    return shownReading?.version === document?.version ? shownReading : undefined;
  }

  private get editor(): vscode.TextEditor | undefined {
    const { document } = this.content;
    return document && visibleEditor(document.uri);
  }

  /** From where to where the editor has the segments in sight: 3.25 is a quarter into the fourth. */
  private sight(): readonly [from: number, to: number] | undefined {
    const [top, bottom] = [this.editor?.visibleRanges[0]?.start, this.editor?.visibleRanges.at(-1)?.end];
    if (!this.reading || !this.editor || !top || !bottom) return undefined;
    const { document } = this.editor;
    const { bounds } = this.reading.analysis;
    return [placeAt(bounds, document.offsetAt(top)), placeAt(bounds, document.offsetAt(bottom))];
  }
}
