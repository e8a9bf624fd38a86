import type * as vscode from "vscode";
import type { Analysis } from "../analysis/analysis";
import { documentName } from "../editor/documentName";
import type { Notifier } from "../editor/notifier";
import type { EngineClient, ReadingSettings } from "../engine/client";
import { CancelledError } from "../errors";
import type { Settings } from "../settings";
import type { Analyses } from "./analyses";
import { AskedParts } from "./askedParts";
import type { ReadText } from "./reading";
import { EDITED, isUnchanged } from "./staleness";

/** Has the engine read a document, and records in {@link Analyses} what comes of it. */
export class Classifier implements vscode.Disposable {
  private readonly asked: AskedParts;

  constructor(
    private readonly engine: EngineClient,
    private readonly analyses: Analyses,
    private readonly settings: Settings,
    private readonly readingSettings: () => Promise<ReadingSettings>,
    private readonly notifier: Notifier,
  ) {
    this.asked = new AskedParts(analyses);
  }

  /**
   * Classifies the document, or a selection in it; never rejects: a failure is recorded and shown, unless `quiet` by
   * the views alone.
   */
  async classify(document: vscode.TextDocument, selection?: vscode.Range, quiet = false): Promise<void> {
    if (document.isClosed) {
      // Nothing would ever end what is known of it.
      this.tellClosed(document);
      return;
    }
    const abort = new AbortController();
    const { uri, version } = document;
    this.asked.set(uri, selection);
    const text = document.getText(selection);
    const start = selection ? document.offsetAt(selection.start) : 0;
    const settings = this.settings.decisiveOf(document);
    const id = this.analyses.nextReadingId();
    const read = { id, text, start, version, settings, ...(selection && { selection }) };
    this.analyses.start(uri, abort, read, quiet);
    try {
      const analysis = await this.analyze(document, read, abort);
      // What was found last of ten megabytes is enough for one turn of the event loop; the views have the next.
      await new Promise(setImmediate);
      if (abort.signal.aborted) throw new CancelledError();
      const isSame = document.version === version || isUnchanged(document, read);
      // An edit that was undone meanwhile: the reading before it is what the document is again, and this one is not.
      if (!isSame && this.analyses.current(document)) throw new CancelledError();
      const now = isSame ? { version: document.version } : { stale: EDITED };
      this.analyses.succeed(uri, abort, { ...read, analysis, ...now });
      if (!isSame && !quiet) this.tellEdited(document);
    } catch (error) {
      this.recordFailure(document, abort, error, quiet);
    }
  }

  /** Classifies what was asked for last, the document or a selection in it, as it is by now. */
  async again(document: vscode.TextDocument): Promise<void> {
    const part = this.asked.of(document.uri);
    if (part === "replaced") {
      const name = documentName(document.uri);
      this.notifier.warning(
        `The part of ${name} that was classified has been replaced: select it again and classify it.`,
      );
    } else {
      await this.classify(document, part === "all" ? undefined : part);
    }
  }

  dispose(): void {
    this.asked.dispose();
  }

  private async analyze(
    document: vscode.TextDocument,
    { text, start, settings }: ReadText,
    abort: AbortController,
  ): Promise<Analysis> {
    const { segmentation } = settings;
    const request = { ...(await this.readingSettings()), segmentation, text, start, name: documentName(document.uri) };
    return this.engine.analyze(request, {
      signal: abort.signal,
      onProgress: (progress) => {
        this.analyses.progress(document.uri, abort, progress);
      },
      onFound: (draft, parts) => {
        this.analyses.find(document.uri, abort, draft, parts);
      },
    });
  }

  private recordFailure(document: vscode.TextDocument, abort: AbortController, error: unknown, quiet: boolean): void {
    if (error instanceof CancelledError) {
      this.analyses.stop(document.uri, abort);
      if (!quiet && document.isClosed) this.tellClosed(document);
    } else {
      const what = `Classifying ${documentName(document.uri)}`;
      const sentence = this.notifier.sentenceOf(what, error, "classify it again");
      this.analyses.fail(document.uri, abort, sentence);
      if (!quiet) this.notifier.error(sentence);
    }
  }

  private tellClosed({ uri, isUntitled }: vscode.TextDocument): void {
    const name = documentName(uri);
    const way = isUntitled
      ? "if it was saved, classify its file"
      : "open it, by its new name if it was renamed, and classify it";
    this.notifier.information(`${name} was closed before it was classified: ${way}.`);
  }

  private tellEdited(document: vscode.TextDocument): void {
    this.notifier.information(
      `${documentName(document.uri)} was edited while it was being classified: the verdict is on the text before.`,
      { title: "Classify Again", run: () => this.again(document) },
    );
  }
}
