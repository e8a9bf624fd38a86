import { createHash } from "node:crypto";
import path from "node:path";
import * as vscode from "vscode";
import { count, counted, timeLeft } from "../../analysis/figures";
import type { CorpusProgress } from "../../corpus/progress";
import type { CorpusSettings } from "../../corpus/reader";
import type { Row } from "../../corpus/row";
import type { EngineClient } from "../../engine/client";
import { CancelledError, UserError } from "../../errors";
import type { Notifier } from "../notifier";
import type { CorpusStatus } from "./protocol";

/** What a run over a folder needs from the extension. */
export interface CorpusContext {
  /** Where results files are kept. */
  readonly resultsFolder: string;
  readonly settings: () => Promise<CorpusSettings>;
  /** An engine of its own, so that documents can be classified while a folder is, and its memory returns afterwards. */
  readonly createEngine: () => EngineClient;
  readonly notifier: Notifier;
  readonly log: (error: unknown) => void;
}

/** The classification of one folder: the rows so far, and the run that adds to them. */
export class CorpusRun implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private abort: AbortController | undefined;
  private progress: CorpusProgress | undefined;
  private failure: string | undefined;

  /** In the order of their paths; another run begins them anew. */
  rows: Row[] = [];

  readonly onDidChange = this.changed.event;

  constructor(
    readonly folder: string,
    private readonly context: CorpusContext,
  ) {}

  get status(): CorpusStatus {
    const { folder, progress, failure } = this;
    const running = this.abort !== undefined;
    return { folder, running, ...(progress && { progress }), ...(failure !== undefined && { failure }) };
  }

  /** Classifies the folder, unless that is under way; never rejects: a failure is part of the status. */
  async run(): Promise<void> {
    if (this.abort) return;
    const abort = new AbortController();
    this.abort = abort;
    this.rows = [];
    this.progress = undefined;
    this.failure = undefined;
    this.changed.fire();
    try {
      await this.withNotification(abort, (report) => this.classify(abort.signal, report));
    } catch (error) {
      this.failure = this.sentence(error);
    } finally {
      this.abort = undefined;
      this.changed.fire();
    }
  }

  cancel(): void {
    this.abort?.abort();
  }

  dispose(): void {
    this.cancel();
    this.changed.dispose();
  }

  private async classify(signal: AbortSignal, report: (progress: CorpusProgress) => void): Promise<void> {
    // Loaded at the first use, with the schemas they bring along: activation only registers.
    const [{ classifyCorpus }, { findDocuments }, { ResultsFile }] = await Promise.all([
      import("../../corpus/classifyCorpus"),
      import("../../corpus/documents"),
      import("../../corpus/resultsFile"),
    ]);
    const settings = await this.context.settings();
    const { documents, others } = await findDocuments([this.folder], signal);
    if (documents.length === 0) {
      throw new UserError(
        `"${this.folder}" holds no document, only ${counted(others, "other file")}: choose a folder of texts.`,
      );
    }
    const name = createHash("sha256").update(this.folder).digest("hex");
    const results = await ResultsFile.open(path.join(this.context.resultsFolder, `${name}.jsonl`));
    const engine = this.context.createEngine();
    try {
      await classifyCorpus({
        documents,
        settings,
        engine,
        results,
        signal,
        onRow: (row) => {
          this.rows.push(row);
        },
        onProgress: (progress) => {
          this.progress = progress;
          report(progress);
          this.changed.fire();
        },
      });
    } finally {
      engine.dispose();
      await results.close();
    }
  }

  private async withNotification(
    abort: AbortController,
    work: (report: (progress: CorpusProgress) => void) => Promise<void>,
  ): Promise<void> {
    const title = `Classifying "${path.basename(this.folder)}"`;
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    await vscode.window.withProgress(options, (notification, token) => {
      token.onCancellationRequested(() => {
        abort.abort();
      });
      let reported = 0;
      return work((progress) => {
        const { fraction } = progress;
        notification.report({ message: progressLine(progress), increment: (fraction - reported) * 100 });
        reported = fraction;
      });
    });
  }

  private sentence(error: unknown): string {
    if (error instanceof CancelledError)
      return "Cancelled: what is finished stays, and the next run goes on from here.";
    if (error instanceof UserError) return error.message;
    this.context.log(error);
    return `Classifying "${this.folder}" failed for an unexpected reason, which the log tells.`;
  }
}

function progressLine({ finished, total, timeRemainingMs }: CorpusProgress): string {
  const left = timeRemainingMs === undefined ? "" : `, ${timeLeft(timeRemainingMs)}`;
  return `${count(finished)} of ${counted(total, "document")}${left}`;
}
