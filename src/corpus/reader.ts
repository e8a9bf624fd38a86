import type { DocumentScores } from "../analysis/analysis";
import type { ClientRequest, EngineClient, NamedText } from "../engine/client";
import type { Progress } from "../engine/protocol";
import { CancelledError, UserError } from "../errors";
import type { Content, Loaded } from "./contents";
import type { CorpusDocument } from "./documents";
import { modelKey } from "./modelKey";
import type { DocumentText } from "./readDocument";
import type { ResultsFile } from "./resultsFile";
import { classified, type Key, type Row } from "./row";

/** How every document of a corpus is read. */
export type CorpusSettings = Pick<ClientRequest, "modelFolder" | "provider" | "segmentation">;

/** What a corpus is classified with. */
export type CorpusEngine = Pick<EngineClient, "classify">;

/** The row of a document; `reused` where an earlier run made it. */
export interface CorpusRow {
  readonly document: CorpusDocument;
  readonly row: Row;
  readonly reused: boolean;
}

/** Turns the contents of documents into rows: the only place that knows how a corpus goes through the engine. */
export class CorpusReader {
  private constructor(
    private readonly engine: CorpusEngine,
    private readonly settings: CorpusSettings,
    private readonly results: ResultsFile,
    private readonly model: string,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Has the engine read a word first: a model or a provider that does not work ends the run with one sentence, instead
   * of failing every document.
   * @throws UserError with that sentence; CancelledError when `signal` aborts.
   */
  static async open(
    engine: CorpusEngine,
    settings: CorpusSettings,
    results: ResultsFile,
    signal: AbortSignal,
  ): Promise<CorpusReader> {
    await engine.classify([{ name: "the first document", text: "A word." }], settings, { signal });
    return new CorpusReader(engine, settings, results, await modelKey(settings.modelFolder), signal);
  }

  /**
   * The rows of some documents, one after the other; the results hold each from then on.
   * @param onFraction told how much of those that have none yet, 0 to 1, has been read
   * @throws CancelledError when the signal aborts.
   */
  async *read(
    batch: readonly Loaded[],
    onFraction: (fraction: number) => void,
  ): AsyncGenerator<CorpusRow, void, undefined> {
    const unread = batch.flatMap(([{ path }, content]) =>
      content instanceof UserError || this.known(path, content) ? [] : [{ name: path, text: content.text }],
    );
    const outcomes = await this.outcomes(unread, onFraction);
    for (const [document, content] of batch) {
      const { path } = document;
      const known = content instanceof UserError ? undefined : this.known(path, content);
      if (known) {
        yield { document, row: known, reused: true };
        continue;
      }
      if (this.signal.aborted) throw new CancelledError();
      const row = this.row(path, content, outcomes.get(path));
      await this.results.append(row);
      yield { document, row, reused: false };
    }
  }

  private key(path: string, { hash }: DocumentText): Key {
    return { path, hash, model: this.model, segmentation: this.settings.segmentation };
  }

  private known(path: string, content: DocumentText): Row | undefined {
    return this.results.find(this.key(path, content));
  }

  private row(path: string, content: Content, outcome: DocumentScores | UserError | undefined): Row {
    if (content instanceof UserError) return { path, error: content.message };
    if (!outcome || outcome instanceof UserError) return { path, error: outcome?.message ?? "" };
    return classified(this.key(path, content), outcome);
  }

  /** What came of each document, by its path. Where one takes the engine down, each is read by itself. */
  private async outcomes(
    documents: readonly NamedText[],
    onFraction: (fraction: number) => void,
  ): Promise<Map<string, DocumentScores | UserError>> {
    const { engine, settings, signal } = this;
    const [first, ...others] = documents;
    if (!first) return new Map();
    try {
      const onProgress = ({ fraction }: Progress): void => {
        onFraction(fraction);
      };
      const found = await engine.classify(documents, settings, { signal, onProgress });
      return new Map(found.map((outcome, i) => [documents[i]?.name ?? "", outcome]));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (others.length === 0) return new Map([[first.name, error]]);
      const all = new Map<string, DocumentScores | UserError>();
      for (const document of documents) {
        for (const [path, outcome] of await this.outcomes([document], onFraction)) all.set(path, outcome);
      }
      return all;
    }
  }
}
