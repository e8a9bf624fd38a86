import type { Analysis, HeadAnalysis } from "../../analysis/analysis";
import { documentVerdict } from "../../analysis/verdict";
import type { Segmentation } from "../../document/segmentations";
import type { EngineClient, NamedText } from "../../engine/client";
import { UserError } from "../../errors";
import { readCheckpoint, type Checkpoint } from "../../models/checkpoint";
import type { ExecutionProvider } from "../../ponet/provider";

/** What a head says of a text as a whole. */
export interface Reading {
  /** The best label; undefined when the text has no token, which nothing can classify. */
  readonly predicted: string | undefined;
  /** The score of that label, 0 to 1. */
  readonly confidence: number;
  /** Whether the score reaches the head's threshold. */
  readonly sure: boolean;
}

/** One head of one model, reading texts in the engine; what it has read before it remembers. */
export class HeadReader {
  private readonly readings = new Map<string, Reading>();
  private tokens = 0;
  private milliseconds = 0;

  private constructor(
    private readonly engine: EngineClient,
    private readonly modelFolder: string,
    private readonly tokenizer: Checkpoint["tokenizer"],
    readonly head: string,
    readonly labels: readonly string[],
    private readonly provider: ExecutionProvider,
  ) {}

  /**
   * @param provider float32 on the CPU, where every machine finds the same figures, unless another is to be evaluated
   * @throws UserError when `modelFolder` is no checkpoint, or has no such head.
   */
  static async open(
    engine: EngineClient,
    modelFolder: string,
    head: string,
    provider: ExecutionProvider = "cpu",
  ): Promise<HeadReader> {
    const { id, heads, tokenizer } = await readCheckpoint(modelFolder);
    const found = heads.find(({ name }) => name === head);
    if (found) return new HeadReader(engine, modelFolder, tokenizer, head, found.labelNames, provider);
    const names = heads.map(({ name }) => name).join(", ");
    throw new UserError(`The model "${id}" has no head "${head}": --head can be ${names}.`);
  }

  /** Text tokens per second over all that was read. */
  get tokensPerSecond(): number {
    return (this.tokens / this.milliseconds) * 1000;
  }

  countTokens(text: string): number {
    return this.tokenizer.encode(text).ids.length;
  }

  /** The first `tokens` tokens of a text; undefined where it has no more than that. */
  beginning(text: string, tokens: number): string | undefined {
    const { ids, ends } = this.tokenizer.encode(text);
    return ids.length > tokens ? text.slice(0, ends[tokens - 1]) : undefined;
  }

  /** @throws UserError when the text is not one. */
  async read({ text, name }: NamedText, segmentation: Segmentation = "paragraph"): Promise<Reading> {
    const key = `${segmentation} ${text}`;
    const reading = this.readings.get(key) ?? (await this.readNew({ text, name }, segmentation));
    this.readings.set(key, reading);
    return reading;
  }

  /** The whole analysis of a text, and this head's part in it. @throws UserError when the text has no token. */
  async analyze(
    { text, name }: NamedText,
    segmentation: Segmentation,
  ): Promise<{ readonly analysis: Analysis; readonly head: HeadAnalysis }> {
    const { engine, modelFolder, provider } = this;
    const analysis = await engine.analyze({ text, name, modelFolder, provider, segmentation });
    const { tokens, timings } = analysis;
    this.tokens += tokens;
    this.milliseconds += timings.totalMs - (timings.leaveOutMs ?? 0);
    const head = analysis.heads.find((one) => one.name === this.head);
    if (!head) throw new Error(`the engine gave no head "${this.head}"`);
    return { analysis, head };
  }

  private async readNew(text: NamedText, segmentation: Segmentation): Promise<Reading> {
    if (this.countTokens(text.text) === 0) return { predicted: undefined, confidence: 0, sure: false };
    const { head } = await this.analyze(text, segmentation);
    const { label, score, sure } = documentVerdict(head);
    return { predicted: label, confidence: score, sure };
  }
}
