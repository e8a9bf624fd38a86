import type { ClientRequest, EngineClient } from "../engine/client";
import { UserError } from "../errors";
import type { Content } from "./contents";
import { modelKey } from "./modelKey";
import type { ResultsFile } from "./resultsFile";
import { classified, type Row } from "./row";

/** How every document of a corpus is read. */
export type CorpusSettings = Pick<ClientRequest, "modelFolder" | "provider" | "segmentation">;

/** Turns the contents of documents into rows: the only place that knows how a corpus goes through the engine. */
export class CorpusReader {
  private constructor(
    private readonly engine: Pick<EngineClient, "analyze">,
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
    engine: Pick<EngineClient, "analyze">,
    settings: CorpusSettings,
    results: ResultsFile,
    signal: AbortSignal,
  ): Promise<CorpusReader> {
    await engine.analyze({ ...settings, text: "A word.", name: "the first document" }, { signal });
    return new CorpusReader(engine, settings, results, await modelKey(settings.modelFolder), signal);
  }

  /**
   * The row of a document, which the results hold from then on; `reused` where they held it before.
   * @param onFraction told how much of the document, 0 to 1, has been read
   * @throws CancelledError when the signal aborts.
   */
  async read(
    path: string,
    content: Content,
    onFraction: (fraction: number) => void,
  ): Promise<{ readonly row: Row; readonly reused: boolean }> {
    const { segmentation } = this.settings;
    const key =
      content instanceof UserError ? undefined : { path, hash: content.hash, model: this.model, segmentation };
    const known = key && this.results.find(key);
    if (known) return { row: known, reused: true };
    const row = await this.analyze(path, content, onFraction);
    await this.results.append(row);
    return { row, reused: false };
  }

  private async analyze(path: string, content: Content, onFraction: (fraction: number) => void): Promise<Row> {
    const { engine, settings, signal, model } = this;
    try {
      if (content instanceof UserError) throw content;
      const request = { ...settings, text: content.text, name: path };
      const analysis = await engine.analyze(request, {
        signal,
        onProgress: ({ fraction }) => {
          onFraction(fraction);
        },
      });
      return classified({ path, hash: content.hash, model, segmentation: settings.segmentation }, analysis);
    } catch (error) {
      if (error instanceof UserError) return { path, error: error.message };
      throw error;
    }
  }
}
