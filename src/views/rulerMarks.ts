import * as vscode from "vscode";
import { contributions, highest, peak } from "../analysis/segmentFigures";
import type { ChosenLabel } from "../readings/choice";
import type { Reading } from "../readings/reading";
import { segmentRange } from "./segmentRange";

/** Segments marked for the label, and as many against it: the scroll bar has room for no more that can be told apart. */
const MOST = 10;

/** What the colours in an editor speak of: a label of a reading. */
export interface Colouring extends ChosenLabel {
  readonly reading: Reading;
}

/** Marks on an editor's scroll bar where the segments are that contribute most to the chosen label, either way. */
export class RulerMarks implements vscode.Disposable {
  private readonly for = typeOf("ponet.for");
  private readonly against = typeOf("ponet.against");
  private readonly marked = new WeakMap<vscode.TextEditor, Colouring>();

  /** @param faintest below this share of the strongest contribution nothing is marked, as nothing is coloured */
  constructor(private readonly faintest: number) {}

  /** @param wanted what to mark; without it the marks go */
  render(editor: vscode.TextEditor, wanted: Colouring | undefined): void {
    if (isSame(this.marked.get(editor), wanted)) return;
    if (wanted) this.marked.set(editor, wanted);
    else this.marked.delete(editor);
    const values = wanted && contributions(wanted.head, wanted.label);
    const least = values ? this.faintest * peak(values) : 0;
    const ranges = (sign: 1 | -1): vscode.Range[] =>
      values
        ? highest(values, sign, MOST)
            .filter((segment) => Math.abs(values[segment] ?? 0) >= least)
            .map((segment) => segmentRange(editor.document, wanted.reading, segment))
        : [];
    editor.setDecorations(this.for, ranges(1));
    editor.setDecorations(this.against, ranges(-1));
  }

  dispose(): void {
    this.for.dispose();
    this.against.dispose();
  }
}

function typeOf(color: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({ overviewRulerColor: new vscode.ThemeColor(color) });
}

function isSame(one: Colouring | undefined, other: Colouring | undefined): boolean {
  return one?.reading === other?.reading && one?.head === other?.head && one?.label === other?.label;
}
