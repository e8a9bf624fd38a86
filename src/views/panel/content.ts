import * as vscode from "vscode";
import { documentName } from "../../editor/documentName";
import type { Notifier } from "../../editor/notifier";
import type { Analyses, DocumentState, Found, Running } from "../../readings/analyses";
import type { Choice } from "../../readings/choice";
import type { Reading } from "../../readings/reading";
import type { ShownDocument } from "../../readings/shownDocument";
import type { PanelStatus } from "./protocol";
import { Throughput } from "./throughput";
import type { ThroughputNews } from "./throughputNews";
import type { TokenReader } from "./tokenReader";

/** What every page of the panel shows: the shown document, its state and the choice in it. */
export class PanelContent implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly recorded = new vscode.EventEmitter<ThroughputNews>();
  private readonly subscriptions: readonly Pick<vscode.Disposable, "dispose">[];

  readonly onDidChange = this.changed.event;
  /** Fires when more is known of a draft, of whichever document. */
  readonly onDidFind: vscode.Event<Found>;
  readonly throughput: Throughput;
  /** Fires with what becomes known of the throughput, of whichever document. */
  readonly onDidRecord = this.recorded.event;

  constructor(
    private readonly shown: ShownDocument,
    private readonly analyses: Analyses,
    readonly choice: Choice,
    readonly createTokenReader: () => TokenReader,
    readonly notifier: Notifier,
  ) {
    const change = (): void => {
      this.changed.fire();
    };
    this.onDidFind = analyses.onDidFind;
    this.throughput = new Throughput(analyses, (news) => {
      this.recorded.fire(news);
    });
    this.subscriptions = [
      this.changed,
      this.recorded,
      this.throughput,
      shown.onDidChange(change),
      choice.onDidChange(change),
      analyses.onDidChange((uri) => {
        if (uri.toString() === this.document?.uri.toString()) change();
      }),
    ];
  }

  get document(): vscode.TextDocument | undefined {
    return this.shown.document;
  }

  get state(): DocumentState | undefined {
    return this.document && this.analyses.get(this.document.uri);
  }

  /** What a page shows besides the figures. */
  get status(): PanelStatus {
    const { document } = this;
    if (!document) return {};
    const { reading: last, running, failure } = this.state ?? {};
    const { shownReading: reading } = this;
    const isQuiet = running?.quiet === true && last !== undefined;
    const chosen = reading && this.choice.of(document.uri, reading.analysis);
    const part = reading?.selection ? "selection" : "document";
    return {
      document: { uri: document.uri.toString(), name: documentName(document.uri), part },
      ...(reading && { readingId: reading.id }),
      ...(reading?.stale !== undefined && { stale: reading.stale }),
      awaited: this.analyses.isAwaited(document.uri),
      ...(chosen && { chosen: { head: chosen.headIndex, label: chosen.label } }),
      ...(reading?.explanations && { explanations: reading.explanations }),
      ...(running && { running: progressOf(running, isQuiet) }),
      ...(failure !== undefined && { failure }),
    };
  }

  /** The document's last reading; while it has none, the draft of the one under way. */
  get shownReading(): Reading | undefined {
    return this.state?.reading ?? this.state?.running?.draft;
  }

  /** The reading that a page speaks of, unless another has taken its place meanwhile. */
  reading(id: number): Reading | undefined {
    const reading = this.shownReading;
    return reading?.id === id ? reading : undefined;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function progressOf(
  { phase, fraction, timeRemainingMs }: Running,
  quiet: boolean,
): NonNullable<PanelStatus["running"]> {
  return { phase, fraction, quiet, ...(timeRemainingMs !== undefined && { timeRemainingMs }) };
}
