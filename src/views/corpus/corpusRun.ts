import { createHash } from "node:crypto";
import path from "node:path";
import * as vscode from "vscode";
import { counted } from "../../analysis/figures";
import type { CorpusDocument } from "../../corpus/documents";
import { progressLine, type CorpusProgress } from "../../corpus/progress";
import { isClassified, type Key, type Row } from "../../corpus/row";
import { cancellable } from "../../editor/cancellable";
import type { Notifier } from "../../editor/notifier";
import type { EngineClient, ReadingSettings } from "../../engine/client";
import { UserError } from "../../errors";
import { modelKeyOf } from "../../readings/readingSettings";
import { folderName } from "./folderName";
import type { CorpusStatus } from "./protocol";

/** What a run over a folder needs from the extension. */
export interface CorpusContext {
  /** Where results files are kept. */
  readonly resultsFolder: string;
  /** How the documents of a folder are to be read, which may have a segmentation of its own. */
  readonly settings: (folder: vscode.Uri) => Promise<ReadingSettings>;
  readonly onDidChangeSettings: vscode.Event<unknown>;
  /** An engine of its own, so that documents can be classified while a folder is, and its memory returns afterwards. */
  readonly createEngine: () => EngineClient;
  readonly notifier: Notifier;
  /** Shows the analysis of a document that is in sight; it is made where there is none of what the document is now. */
  readonly showAnalysis: (document: vscode.Uri) => Promise<unknown>;
}

/** The classification of one folder: the rows so far, and the run that adds to them. */
export class CorpusRun implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly ended = new vscode.EventEmitter<void>();
  private abort: AbortController | undefined;
  private progress: CorpusProgress | undefined;
  private failure: string | undefined;
  private others: number | undefined;
  private outdated = false;
  private comparisons = 0;
  private readonly subscription: vscode.Disposable;

  /** In the order of their paths; those of another run take their place as soon as it has one. */
  rows: Row[] = [];

  readonly onDidChange = this.changed.event;
  /** Fires when a run is over, or has failed, and not when somebody cancelled it. */
  readonly onDidEnd = this.ended.event;

  constructor(
    readonly folder: string,
    private readonly context: CorpusContext,
  ) {
    this.subscription = context.onDidChangeSettings(() => this.compareSettings());
  }

  get status(): CorpusStatus {
    const { folder, progress, failure, others, outdated } = this;
    const running = this.isRunning();
    return {
      folder,
      name: folderName(folder),
      running,
      outdated,
      ...(others !== undefined && { others }),
      ...(progress && { progress }),
      ...(failure !== undefined && { failure }),
    };
  }

  /** Classifies the folder, unless that is under way; never rejects: a failure is part of the status. */
  async run(): Promise<void> {
    if (this.isRunning()) return;
    const abort = new AbortController();
    this.abort = abort;
    this.progress = undefined;
    this.failure = undefined;
    this.changed.fire();
    try {
      const title = `Classifying "${folderName(this.folder)}"`;
      const rows = await cancellable(title, (signal, tell) => this.classify(signal, tell), abort);
      if (!rows) this.failure = "Cancelled: what is finished stays, and the next run goes on from here.";
    } catch (error) {
      this.failure = this.context.notifier.sentenceOf(`Classifying "${this.folder}"`, error, "classify it again");
    } finally {
      this.abort = undefined;
      this.changed.fire();
      if (!abort.signal.aborted) this.ended.fire();
      // They may have been changed meanwhile.
      void this.compareSettings();
    }
  }

  /** Takes the rows of the folder's documents from the results that are kept, without a run; never rejects, as {@link run}. */
  async restore(): Promise<void> {
    try {
      const [{ findDocuments }, { ProgressCount }, { lastRows }] = await Promise.all([
        import("../../corpus/documents"),
        import("../../corpus/progressCount"),
        import("../../corpus/resultsFile"),
      ]);
      const { documents, others } = await findDocuments([this.folder]);
      const known = await lastRows(this.resultsFile);
      // A run that has begun meanwhile comes upon them by itself.
      if (this.isRunning() || this.progress) return;
      const count = new ProgressCount(documents);
      this.rows = documents.flatMap((document) => {
        const row = known.get(document.path);
        if (row) count.reuse(document);
        return row ?? [];
      });
      this.others = others;
      this.progress = count.progress();
      if (this.rows.length < documents.length) {
        this.failure = "Not every document has been read: what is finished stays, and the next run goes on from here.";
      }
    } catch (error) {
      this.failure = this.context.notifier.sentenceOf(`Finding the results of "${this.folder}"`, error);
    }
    this.changed.fire();
    void this.compareSettings();
  }

  cancel(): void {
    this.abort?.abort();
  }

  dispose(): void {
    this.cancel();
    this.subscription.dispose();
    this.changed.dispose();
    this.ended.dispose();
  }

  private async classify(signal: AbortSignal, tell: (fraction: number, message: string) => void): Promise<Row[]> {
    // Loaded at the first use, with the schemas they bring along: activation only registers.
    const [{ classifyCorpus }, { findDocuments }, { ResultsFile }] = await Promise.all([
      import("../../corpus/classifyCorpus"),
      import("../../corpus/documents"),
      import("../../corpus/resultsFile"),
    ]);
    const settings = await this.context.settings(vscode.Uri.file(this.folder));
    const { documents, others } = await findDocuments([this.folder], signal);
    this.others = others;
    if (documents.length === 0) {
      throw new UserError(
        `"${this.folder}" holds no document${others > 0 ? `, only ${counted(others, "other file")}` : ""}: choose a folder of texts.`,
      );
    }
    const results = await ResultsFile.open(this.resultsFile);
    const engine = this.context.createEngine();
    const rows: Row[] = [];
    const before = this.rows;
    try {
      await classifyCorpus({
        documents,
        settings,
        engine,
        results,
        signal,
        onRow: (row) => {
          rows.push(row);
          this.rows = rows;
          this.outdated = false;
        },
        onProgress: (progress) => {
          this.progress = progress;
          tell(progress.fraction, progressLine(progress));
          this.changed.fire();
        },
      });
    } catch (error) {
      if (rows.length > 0) this.keep(before, rows, documents);
      throw error;
    } finally {
      engine.dispose();
    }
    return rows;
  }

  /** Where a run ends early, the documents that it has not come to keep their rows. */
  private keep(before: readonly Row[], rows: readonly Row[], documents: readonly CorpusDocument[]): void {
    const reached = new Set(rows.map(({ path }) => path));
    const ahead = new Set(documents.map(({ path }) => path).filter((each) => !reached.has(each)));
    const kept = before.filter(({ path }) => ahead.has(path));
    if (kept.length > 0) this.rows = [...rows, ...kept].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Rows of other settings stay, and are said to be such. */
  private async compareSettings(): Promise<void> {
    if (this.rows.length === 0 || this.isRunning()) return;
    const turn = ++this.comparisons;
    // Settings that cannot be used are not those either.
    const now = await this.keyAsSet().catch(() => undefined);
    // The settings have been changed again, or another run has begun, whose rows these will be.
    if (turn !== this.comparisons || this.isRunning()) return;
    this.outdated = this.rows.some(
      (row) =>
        isClassified(row) &&
        (row.model !== now?.model || row.provider !== now.provider || row.segmentation !== now.segmentation),
    );
    this.changed.fire();
  }

  /** What the rows of a run would hold for by now. */
  private async keyAsSet(): Promise<Pick<Key, "model" | "provider" | "segmentation">> {
    const settings = await this.context.settings(vscode.Uri.file(this.folder));
    const { provider, segmentation } = settings;
    return { model: await modelKeyOf(settings), provider, segmentation };
  }

  private get resultsFile(): string {
    const name = createHash("sha256").update(this.folder).digest("hex");
    return path.join(this.context.resultsFolder, `${name}.jsonl`);
  }

  private isRunning(): boolean {
    return this.abort !== undefined;
  }
}
