import type { Notifier } from "../../editor/notifier";
import type { EngineClient, ReadingSettings } from "../../engine/client";
import { CancelledError } from "../../errors";
import type { Reading } from "../../readings/reading";
import type { TokenAnswer } from "./protocol";
import { tokenTexts } from "./tokenTexts";

/** Has the engine tell one page of the tokens of one segment at a time: a new question takes the place of the last. */
export class TokenReader {
  private abort = new AbortController();
  /** The reading of the question under way, or of the last. */
  private asked: number | undefined;

  /** @param settings How the engine is to read, as it read the analysis that is not stale. */
  constructor(
    private readonly engine: EngineClient,
    private readonly settings: () => Promise<ReadingSettings>,
    private readonly notifier: Notifier,
  ) {}

  /** Gives up the question under way unless it is one about this reading. */
  keepTo(readingId: number | undefined): void {
    if (this.asked !== readingId) this.abort.abort();
  }

  /**
   * @param name How messages name the document.
   * @param onProgress Told how far what is read for it has come, 0 to 1: the document too where another was read since.
   * @returns undefined when another question took this one's place; never rejects
   */
  async read(
    name: string,
    { id, text, stale, analysis }: Reading,
    segment: number,
    onProgress: (fraction: number) => void,
  ): Promise<TokenAnswer | undefined> {
    this.abort.abort();
    if (stale !== undefined) return { failure: "Classify the document again to see its tokens." };
    this.abort = new AbortController();
    this.asked = id;
    const { signal } = this.abort;
    try {
      const { modelKey, segmentation } = analysis;
      const request = { ...(await this.settings()), segmentation, text, name, modelKey };
      const details = await this.engine.tokens(request, segment, {
        signal,
        onProgress: ({ fraction }) => {
          if (fraction > 0 && fraction < 1) onProgress(fraction);
        },
      });
      const { ends, texts } = tokenTexts(text, details);
      return { details: { ...details, ends }, texts };
    } catch (error) {
      if (error instanceof CancelledError) return undefined;
      return { failure: this.notifier.sentenceOf("Reading the tokens", error, "choose the segment again") };
    }
  }
}
