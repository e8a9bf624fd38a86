import * as vscode from "vscode";
import { argmax, type Analysis, type HeadAnalysis } from "../analysis/analysis";
import type { Analyses } from "./analyses";

/** A label of a head of an analysis. */
export interface ChosenLabel {
  readonly head: HeadAnalysis;
  readonly headIndex: number;
  readonly label: number;
}

/**
 * Which head and label the status bar, the highlights and the segment list speak of: the head chosen last, else the
 * model's first; the label chosen in this document, else the one predicted.
 */
export class Choice implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private head: string | undefined;
  /** The names of the labels that were chosen: by document, those by head. */
  private readonly labels = new Map<string, Map<string, string>>();
  private readonly subscription: vscode.Disposable;

  readonly onDidChange = this.changed.event;

  constructor(analyses: Analyses) {
    this.subscription = analyses.onDidDrop((uri) => this.labels.delete(uri.toString()));
  }

  /** Chooses a head and, unless it is the predicted one that is wanted, a label, each by name. */
  choose(uri: vscode.Uri, head: string, label?: string): void {
    this.head = head;
    const chosen = this.labels.get(uri.toString()) ?? new Map<string, string>();
    if (label === undefined) chosen.delete(head);
    else chosen.set(head, label);
    this.labels.set(uri.toString(), chosen);
    this.changed.fire();
  }

  /** Chooses in a document what was chosen in the one whose reading it is given. */
  follow(from: vscode.Uri, to: vscode.Uri): void {
    const chosen = this.labels.get(from.toString());
    if (chosen) this.labels.set(to.toString(), new Map(chosen));
  }

  /** The choice as it applies to one document's analysis; undefined for a model without heads. */
  of(uri: vscode.Uri, analysis: Analysis): ChosenLabel | undefined {
    const headIndex = Math.max(
      0,
      analysis.heads.findIndex(({ name }) => name === this.head),
    );
    const head = analysis.heads[headIndex];
    return head && { head, headIndex, label: this.labelIn(uri, head) };
  }

  /** Index of the label of a head of the document's analysis that is looked at: the chosen one, else the predicted. */
  labelIn(uri: vscode.Uri, head: HeadAnalysis): number {
    const name = this.labels.get(uri.toString())?.get(head.name);
    const chosen = name === undefined ? -1 : head.labels.indexOf(name);
    return chosen >= 0 ? chosen : argmax(head.logits);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}
