import * as vscode from "vscode";
import { contribution, peakContribution, segmentAt } from "../analysis/segmentFigures";
import type { Analyses } from "../readings/analyses";
import type { Choice } from "../readings/choice";
import type { Reading } from "../readings/reading";
import type { Settings } from "../settings";
import { RulerMarks, type Colouring } from "./rulerMarks";
import { segmentRange } from "./segmentRange";

/** Theme colours from the weakest to the strongest, first of segments that speak for the label, then against it. */
const BUCKETS = [
  "ponet.for1Background",
  "ponet.for2Background",
  "ponet.for3Background",
  "ponet.against1Background",
  "ponet.against2Background",
  "ponet.against3Background",
];
const DEGREES = BUCKETS.length / 2;
/** Below this share of the strongest contribution a segment stays unmarked. */
const FAINTEST = 0.02;
/** A line of megabytes is visible as a whole, but nobody sees that many segments. */
const MOST_SEGMENTS = 1000;
const THROTTLE_MS = 50;

/** Colours the segments on screen, and marks the strongest on the scroll bar, by what they contribute to the chosen label. */
export class Highlights implements vscode.Disposable {
  private readonly types = BUCKETS.map((color) =>
    vscode.window.createTextEditorDecorationType({ backgroundColor: new vscode.ThemeColor(color) }),
  );
  private readonly marks = new RulerMarks(FAINTEST);
  private readonly subscriptions: readonly Pick<vscode.Disposable, "dispose">[];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly analyses: Analyses,
    private readonly choice: Choice,
    private readonly settings: Settings,
  ) {
    const schedule = (): void => {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        for (const editor of vscode.window.visibleTextEditors) this.render(editor);
      }, THROTTLE_MS);
    };
    this.subscriptions = [
      ...this.types,
      this.marks,
      analyses.onDidChange(schedule),
      choice.onDidChange(schedule),
      settings.onDidChange(schedule),
      vscode.window.onDidChangeVisibleTextEditors(schedule),
      vscode.window.onDidChangeTextEditorVisibleRanges(schedule),
    ];
  }

  /** The ranges to colour in the editor's visible part, one list for each bucket. */
  rangesIn(editor: vscode.TextEditor): vscode.Range[][] {
    const ranges = BUCKETS.map((): vscode.Range[] => []);
    const wanted = this.wantedIn(editor);
    if (!wanted) return ranges;
    const { reading, head, label } = wanted;
    const strongest = peakContribution(head, label);
    for (const segment of visibleSegments(editor, reading)) {
      const bucket = bucketOf(contribution(head, segment, label), strongest);
      if (bucket !== undefined) ranges[bucket]?.push(segmentRange(editor.document, reading, segment));
    }
    return ranges;
  }

  /** Whether what is coloured stays, moved along with the text: live mode is about to find out anew what to colour. */
  staysIn({ document }: vscode.TextEditor): boolean {
    return this.settings.get("highlights") && this.analyses.isAwaited(document.uri);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private wantedIn({ document }: vscode.TextEditor): Colouring | undefined {
    const reading = this.settings.get("highlights") ? this.analyses.current(document) : undefined;
    const chosen = reading && this.choice.of(document.uri, reading.analysis);
    return chosen && { reading, ...chosen };
  }

  private render(editor: vscode.TextEditor): void {
    if (this.staysIn(editor)) return;
    const ranges = this.rangesIn(editor);
    this.types.forEach((type, bucket) => {
      editor.setDecorations(type, ranges[bucket] ?? []);
    });
    this.marks.render(editor, this.wantedIn(editor));
  }
}

/** The bucket of a contribution; by square root, so that one very strong segment does not hide the others. */
function bucketOf(value: number, strongest: number): number | undefined {
  const share = Math.abs(value) / strongest;
  if (!(share >= FAINTEST)) return undefined;
  const degree = Math.min(DEGREES, Math.ceil(DEGREES * Math.sqrt(share))) - 1;
  return value > 0 ? degree : DEGREES + degree;
}

function visibleSegments({ document, visibleRanges }: vscode.TextEditor, { analysis }: Reading): Set<number> {
  const { bounds } = analysis;
  const first = bounds[0] ?? 0;
  const last = (bounds.at(-1) ?? 0) - 1;
  const segments = new Set<number>();
  for (const range of visibleRanges) {
    const from = segmentAt(bounds, Math.max(first, document.offsetAt(range.start)));
    const to = segmentAt(bounds, Math.min(last, document.offsetAt(range.end)));
    if (from === undefined || to === undefined) continue;
    for (let segment = from; segment <= to && segments.size < MOST_SEGMENTS; segment++) segments.add(segment);
  }
  return segments;
}
