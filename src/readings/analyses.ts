import * as vscode from "vscode";
import type { Analysis } from "../analysis/analysis";
import type { Part } from "../analysis/draft";
import type { Explanation } from "../analysis/explanation";
import type { Progress } from "../engine/protocol";
import type { RunPhase } from "./phaseNames";
import type { Reading, ReadText } from "./reading";
import { EDITED, isUnchanged, OTHER_MODEL, OTHER_SETTINGS, readingAsOf, readingBefore } from "./staleness";

/** An analysis under way: where it stands, as the engine last said. */
export interface Running
  extends Omit<Progress, "phase" | "tokensPerSecond" | "rssMb">, Partial<Pick<Progress, "tokensPerSecond" | "rssMb">> {
  readonly phase: RunPhase;
  readonly abort: AbortController;
  readonly read: ReadText;
  /** Nobody asked for it just now, so no notification is to tell of it. */
  readonly quiet: boolean;
  /** What is known so far of a document that takes long; figures not known yet are NaN. */
  readonly draft?: Reading;
}

/** Figures that have been written into a document's draft. */
export interface Found {
  readonly draft: Reading;
  readonly parts: readonly Part[];
}

/** What is known of one open document. */
export interface DocumentState {
  readonly uri: vscode.Uri;
  /** The last good reading: a later failure leaves it, stale. */
  readonly reading?: Reading;
  readonly running?: Running;
  /** Why the last analysis failed: one sentence. */
  readonly failure?: string;
  /** Whether live mode is about to have the document, as it has been edited since, classified again. */
  readonly awaited?: boolean;
}

/** The host's one source of truth: the state of every document that was classified and is still open. */
export class Analyses implements vscode.Disposable {
  private readonly states = new Map<string, DocumentState>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readings = 0;
  private readonly found = new vscode.EventEmitter<Found>();
  private readonly dropped = new vscode.EventEmitter<vscode.Uri>();
  private readonly subscriptions: readonly Pick<vscode.Disposable, "dispose">[];

  /** Fires with the document whose state changed. */
  readonly onDidChange = this.changed.event;
  /** Fires when more is known of a draft; soon afterwards its document's state changes, too. */
  readonly onDidFind = this.found.event;
  /** Fires with a document of which nothing is to be known any more. */
  readonly onDidDrop = this.dropped.event;

  /** @param isLive whether live mode is on */
  constructor(private readonly isLive: () => boolean) {
    this.subscriptions = [
      this.changed,
      this.found,
      this.dropped,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
        const { reading } = this.get(document.uri) ?? {};
        if (contentChanges.length > 0) {
          this.expectRun(document.uri);
          // To compare the text for every key would take long. What is typed is to be saved; what the disk says is not.
          const isTyped = reason === undefined && document.isDirty;
          if (isTyped || !this.takeBackEdit(document)) this.outdate(document.uri, EDITED);
        } else if (!document.isDirty && reading && reading.version !== document.version) {
          // A revert is told as any edit is, and only then that there is nothing to save any more.
          this.takeBackEdit(document);
        }
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        // A change of language closes a document and opens it again at once: that keeps its analysis.
        setImmediate(() => {
          if (document.isClosed) this.drop(document.uri);
        });
      }),
    ];
  }

  get(uri: vscode.Uri): DocumentState | undefined {
    return this.states.get(uri.toString());
  }

  all(): readonly DocumentState[] {
    return [...this.states.values()];
  }

  /** The document's reading while its offsets hold and it says what the document is now. */
  current(document: vscode.TextDocument): Reading | undefined {
    const reading = this.get(document.uri)?.reading;
    return reading?.stale === undefined && reading?.version === document.version ? reading : undefined;
  }

  /** Whether live mode is about to give the document, as it was edited, another reading: the last stays on show meanwhile. */
  isAwaited(uri: vscode.Uri): boolean {
    const { reading, running, awaited = false } = this.get(uri) ?? {};
    return reading?.stale === EDITED && (awaited || running?.quiet === true);
  }

  /** Whether live mode answers what is typed into a document: not where a selection was read. */
  answersTyping({ reading, running }: DocumentState): boolean {
    return this.isLive() && (running?.read ?? reading)?.selection === undefined;
  }

  /** The id of another reading. */
  nextReadingId(): number {
    return ++this.readings;
  }

  /** Gives a document that has none, or a stale one, the reading of another time or another document. */
  restore(uri: vscode.Uri, reading: Reading): void {
    const state = this.get(uri);
    if (!state?.reading) {
      // As if it had been there before the run that is under way or has failed.
      this.set({ ...state, uri, reading: state?.failure === undefined ? reading : readingBefore(reading) });
    } else if (!state.running && state.reading.stale !== undefined) {
      this.set({ uri, reading });
    }
  }

  /** Begins a run, which takes the place of one under way. */
  start(uri: vscode.Uri, abort: AbortController, read: ReadText, quiet: boolean): void {
    const { reading, running } = this.get(uri) ?? {};
    const started: Running = { abort, read, quiet, phase: "waiting", fraction: 0 };
    this.set({ uri, ...(reading && { reading }), running: started });
    running?.abort.abort();
  }

  /** Takes in how far a run has come, unless it is the document's no more: another may have taken its place. */
  progress(uri: vscode.Uri, abort: AbortController, progress: Progress): void {
    const state = this.runOf(uri, abort);
    if (!state?.running) return;
    const { read, quiet, draft } = state.running;
    this.set({ ...state, running: { abort, read, quiet, ...(draft && { draft }), ...progress } });
  }

  /** Takes in the run's draft and what was written into it; its progress, which comes with it, is told apart. */
  find(uri: vscode.Uri, abort: AbortController, analysis: Analysis, parts: readonly Part[]): void {
    const state = this.runOf(uri, abort);
    if (!state?.running) return;
    const { running } = state;
    const draft = running.draft?.analysis === analysis ? running.draft : { ...running.read, analysis };
    this.states.set(uri.toString(), { ...state, running: { ...running, draft } });
    if (parts.length > 0) this.found.fire({ draft, parts });
  }

  /**
   * Ends the run with a reading, which takes the place of the last one and of its explanations. Those of other documents that
   * the same model made before it was trained further are stale from then on.
   */
  succeed(uri: vscode.Uri, abort: AbortController, reading: Reading): void {
    if (!this.runOf(uri, abort)) return;
    this.set({ uri, reading });
    const { settings, analysis } = reading;
    for (const { uri: other, reading: before } of this.all()) {
      // Those of other settings are looked at once these are set again.
      if (!before || before.stale === OTHER_SETTINGS || before.settings.model !== settings.model) continue;
      if (before.analysis.modelKey !== analysis.modelKey) this.outdate(other, OTHER_MODEL);
    }
  }

  /** Ends the run with a sentence of why it failed; the last reading stays, stale. */
  fail(uri: vscode.Uri, abort: AbortController, failure: string): void {
    const state = this.runOf(uri, abort);
    if (state) this.set({ uri, failure, ...(state.reading && { reading: readingBefore(state.reading) }) });
  }

  /** Ends a run that was cancelled: what was there before it is there again. */
  stop(uri: vscode.Uri, abort: AbortController): void {
    const state = this.runOf(uri, abort);
    if (!state) return;
    const { reading, awaited = false } = state;
    if (reading) this.set({ uri, reading, awaited });
    else this.delete(uri);
  }

  /** Adds to the document's reading, while it is still that one, what was found out about its segments. */
  explain(uri: vscode.Uri, readingId: number, explanation: Explanation): void {
    const state = this.get(uri);
    if (state?.reading?.id !== readingId) return;
    const { explanations = [] } = state.reading;
    this.set({ ...state, reading: { ...state.reading, explanations: [...explanations, explanation] } });
  }

  /** Ends the document's run and gives up its reading. */
  drop(uri: vscode.Uri): void {
    this.dropped.fire(uri);
    this.get(uri)?.running?.abort.abort();
    this.delete(uri);
  }

  /** Marks the document's reading stale; `why` is one sentence. */
  outdate(uri: vscode.Uri, why: string): void {
    const state = this.get(uri);
    const { stale } = state?.reading ?? {};
    // The settings may be those of then again, and an edit be undone; the model will not be that of then.
    if ((stale === OTHER_MODEL && why === OTHER_SETTINGS) || (stale !== undefined && why === EDITED)) return;
    if (state?.reading && state.reading.stale !== why)
      this.set({ ...state, reading: { ...state.reading, stale: why } });
  }

  /** Takes back that the settings are others than those of the document's reading, and why a run with those failed. */
  renew({ uri, version }: vscode.TextDocument): void {
    const { reading: before, running, awaited = false } = this.get(uri) ?? {};
    if (!before) return;
    const { stale, ...reading } = before;
    if (stale !== OTHER_SETTINGS) return;
    const now = version === reading.version ? reading : { ...reading, stale: EDITED };
    this.set({ uri, reading: now, awaited, ...(running && { running }) });
  }

  /** Notes, before an edit is told, whether live mode answers it. */
  private expectRun(uri: vscode.Uri): void {
    const state = this.get(uri);
    if (state) this.states.set(uri.toString(), { ...state, awaited: this.answersTyping(state) });
  }

  /** Takes back that the document has been edited since its reading, where that has been undone; false where it has not. */
  private takeBackEdit(document: vscode.TextDocument): boolean {
    const state = this.get(document.uri);
    if (!state?.reading || !isUnchanged(document, state.reading)) return false;
    this.set({ ...state, reading: readingAsOf(document, state.reading) });
    return true;
  }

  dispose(): void {
    for (const { running } of this.all()) running?.abort.abort();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** The document's state if the run that `abort` belongs to is still the one it waits for. */
  private runOf(uri: vscode.Uri, abort: AbortController): DocumentState | undefined {
    const state = this.get(uri);
    return state?.running?.abort === abort ? state : undefined;
  }

  private set(state: DocumentState): void {
    this.states.set(state.uri.toString(), state);
    this.changed.fire(state.uri);
  }

  private delete(uri: vscode.Uri): void {
    if (this.states.delete(uri.toString())) this.changed.fire(uri);
  }
}
