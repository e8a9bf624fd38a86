import type * as vscode from "vscode";
import type { Analysis } from "../analysis/analysis";
import type { EngineClient } from "../engine/client";
import { CancelledError, UserError } from "../errors";
import type { Settings } from "../settings";
import type { Analyses } from "../views/analyses";
import { documentName } from "../views/documentName";
import { PROVIDER_NAMES } from "../views/figures";
import type { Notifier } from "../views/notifier";

const EDITED_MEANWHILE = "The text was edited while it was being classified: this is the verdict on the text before.";

/** Has the engine read a document, and records in {@link Analyses} what comes of it. */
export class Classifier {
  private readonly notesShown = new Set<string>();
  private readings = 0;

  constructor(
    private readonly engine: EngineClient,
    private readonly analyses: Analyses,
    private readonly settings: Settings,
    private readonly notifier: Notifier,
    private readonly log: vscode.LogOutputChannel,
    private readonly modelsFolder: string,
  ) {}

  /** Classifies the document, or a selection in it; never rejects: a failure is shown and recorded. */
  async classify(document: vscode.TextDocument, selection?: vscode.Range): Promise<void> {
    const abort = new AbortController();
    const { uri, version } = document;
    this.analyses.start(uri, abort, selection);
    try {
      const text = document.getText(selection);
      const analysis = await this.analyze(document, text, abort);
      const edited = document.version !== version;
      this.analyses.succeed(uri, abort, {
        id: ++this.readings,
        analysis: selection ? shifted(analysis, document.offsetAt(selection.start)) : analysis,
        text,
        version,
        ...(selection && { selection }),
        ...(edited && { stale: EDITED_MEANWHILE }),
      });
      if (edited) this.offerAnother(document);
      this.showNotes(analysis);
    } catch (error) {
      this.recordFailure(document, abort, error);
    }
  }

  private async analyze(document: vscode.TextDocument, text: string, abort: AbortController): Promise<Analysis> {
    // Loaded at the first use, with the schemas it brings along: activation only registers.
    const { modelFolder } = await import("../models/registry");
    const request = {
      text,
      name: documentName(document.uri),
      modelFolder: await modelFolder(this.settings.get("model"), this.modelsFolder),
      provider: this.settings.get("executionProvider"),
      segmentation: this.settings.get("segmentation"),
    };
    return this.engine.analyze(request, {
      signal: abort.signal,
      onProgress: (progress) => {
        this.analyses.progress(document.uri, abort, progress);
      },
    });
  }

  private recordFailure(document: vscode.TextDocument, abort: AbortController, error: unknown): void {
    const name = documentName(document.uri);
    if (error instanceof CancelledError) {
      this.analyses.stop(document.uri, abort);
      if (!document.isClosed) return;
      this.notifier.information(`${name} was closed before it was classified: open it again and classify it.`);
    } else if (error instanceof UserError) {
      this.analyses.fail(document.uri, abort, error.message);
      this.notifier.error(error.message);
    } else {
      this.log.error(error instanceof Error ? error : String(error));
      const sentence = `Classifying ${name} failed for an unexpected reason, which the log tells.`;
      this.analyses.fail(document.uri, abort, sentence);
      this.notifier.error(sentence);
    }
  }

  private offerAnother(document: vscode.TextDocument): void {
    this.notifier.information(
      `${documentName(document.uri)} was edited while it was being classified: the verdict is on the text before.`,
      { title: "Classify Again", run: () => this.classify(document) },
    );
  }

  /** Tells once in a session why another provider than the machine's GPU ran. */
  private showNotes({ provider, providerNotes }: Analysis): void {
    const notes = providerNotes.join(" ");
    if (notes === "" || this.notesShown.has(notes)) return;
    this.notesShown.add(notes);
    this.notifier.information(`PoNet runs on the ${PROVIDER_NAMES[provider]}. ${notes}`);
  }
}

/** An analysis of a part of a document with the document's offsets. */
function shifted(analysis: Analysis, by: number): Analysis {
  return { ...analysis, bounds: analysis.bounds.map((offset) => offset + by) };
}
