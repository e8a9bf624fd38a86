import type { DocumentScores } from "../analysis/analysis";
import type { NamedText, ReadingSettings } from "../engine/client";
import { CancelledError, UserError } from "../errors";
import { modelStamp } from "../models/modelFiles";
import { modelKey } from "../models/modelKey";
import { unlessAborted } from "../unlessAborted";
import type { Loaded } from "./contents";
import type { CorpusDocument } from "./documents";
import type { CorpusEngine } from "./engine";
import { readAWord } from "./readAWord";
import type { DocumentText } from "./readDocument";
import type { ResultsFile } from "./resultsFile";
import { classified, type Key, type Row } from "./row";

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
    private readonly settings: ReadingSettings,
    private readonly results: ResultsFile,
    private readonly model: string,
    private readonly stamp: string,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /**
   * Has the engine read a word first: a model or a provider that does not work ends the run with one sentence, instead
   * of failing every document.
   * @throws UserError with that sentence; CancelledError when `signal` aborts.
   */
  static async open(
    engine: CorpusEngine,
    settings: ReadingSettings,
    results: ResultsFile,
    signal: AbortSignal | undefined,
  ): Promise<CorpusReader> {
    const stamp = await unlessAborted(modelStamp(settings.modelFolder), signal);
    await readAWord(engine, settings, signal);
    const model = await unlessAborted(modelKey(settings.modelFolder), signal);
    return new CorpusReader(engine, settings, results, model, stamp, signal);
  }

  /**
   * The rows of some documents, one after the other; the results hold each from then on.
   * @param onFraction told how much of those that have none yet, 0 to 1, has been read
   * @throws UserError when the engine reads nothing any more, or the model has changed; CancelledError when the signal aborts.
   */
  async *read(
    batch: readonly Loaded[],
    onFraction: (fraction: number) => void,
  ): AsyncGenerator<CorpusRow, void, undefined> {
    const unread = batch.flatMap(([{ path }, content]) =>
      content instanceof UserError || this.results.find(this.key(path, content))
        ? []
        : [{ name: path, text: content.text }],
    );
    const outcomes = await this.outcomes(unread, onFraction);
    if ((await unlessAborted(modelStamp(this.settings.modelFolder), this.signal)) !== this.stamp) {
      throw new UserError(
        `The model folder "${this.settings.modelFolder}" was written anew while documents were read: classify them again.`,
      );
    }
    for (const [document, content] of batch) {
      const { path } = document;
      if (content instanceof UserError) {
        yield await this.keep(document, { path, error: content.message });
        continue;
      }
      const key = this.key(path, content);
      const outcome = outcomes.get(path);
      const known = outcome ? undefined : this.results.find(key);
      if (known) {
        // What the file says of a path is what its last row says.
        if (!this.results.isLast(key)) await this.results.append(known);
        yield { document, row: known, reused: true };
      } else if (outcome instanceof UserError) yield await this.keep(document, { path, error: outcome.message });
      else if (outcome) yield await this.keep(document, classified(key, outcome));
    }
  }

  private key(path: string, { hash }: DocumentText): Key {
    const { segmentation, provider } = this.settings;
    return { path, hash, model: this.model, segmentation, provider };
  }

  private async keep(document: CorpusDocument, row: Row): Promise<CorpusRow> {
    if (this.signal?.aborted) throw new CancelledError();
    await this.results.append(row);
    return { document, row, reused: false };
  }

  /** What came of each document, by its path. Where one takes the engine down, each is read by itself. */
  private async outcomes(
    documents: readonly NamedText[],
    onFraction: (fraction: number) => void,
  ): Promise<Map<string, DocumentScores | UserError>> {
    const [first, ...others] = documents;
    if (!first) return new Map();
    try {
      const found = await this.engine.classify(documents, this.settings, {
        signal: this.signal,
        onProgress: ({ fraction }) => {
          onFraction(fraction);
        },
      });
      return new Map(found.map((outcome, i) => [documents[i]?.name ?? "", outcome]));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (others.length === 0) {
        await readAWord(this.engine, this.settings, this.signal);
        return new Map([[first.name, error]]);
      }
      const alone: [string, DocumentScores | UserError][] = [];
      for (const document of documents) alone.push(...(await this.outcomes([document], onFraction)));
      return new Map(alone);
    }
  }
}
