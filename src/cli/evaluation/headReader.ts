import type { Analysis, DocumentScores, HeadAnalysis, HeadScores } from "../../analysis/analysis";
import { documentVerdict } from "../../analysis/verdict";
import { readAWord } from "../../corpus/readAWord";
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
  /** Whether the score reaches the head's threshold, of a text about which there is no doubt. */
  readonly sure: boolean;
}

/** What a head says of a text without a token. */
const WORDLESS: Reading = { predicted: undefined, confidence: 0, sure: false };

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
    private readonly provider: ExecutionProvider | "auto",
  ) {}

  /**
   * @param provider float32 on the CPU, where every machine finds the same figures, unless another is to be evaluated
   * @throws UserError when `modelFolder` is no checkpoint, has no such head, or does not run.
   */
  static async open(
    engine: EngineClient,
    modelFolder: string,
    head: string,
    provider: ExecutionProvider | "auto" = "cpu",
  ): Promise<HeadReader> {
    const { id, heads, tokenizer } = await readCheckpoint(modelFolder);
    const found = heads.find(({ name }) => name === head);
    if (!found) {
      const names = heads.map(({ name }) => name).join(", ");
      throw new UserError(`The model "${id}" has no head "${head}": it has ${names}.`);
    }
    // Loading the model is no part of the tokens per second.
    await readAWord(engine, { modelFolder, provider, segmentation: "paragraph" });
    return new HeadReader(engine, modelFolder, tokenizer, head, found.labelNames, provider);
  }

  /** Text tokens per second over all that {@link read} has read. */
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

  /**
   * The texts, each with what the head says of it; short ones are read together, as the files of a folder are.
   * @throws UserError when one is no text
   */
  async read<T extends NamedText>(
    texts: readonly T[],
    segmentation: Segmentation = "paragraph",
  ): Promise<(T & Reading)[]> {
    const keyOf = ({ text }: NamedText) => `${segmentation} ${text}`;
    const unread = texts.filter((text) => !this.readings.has(keyOf(text)) && this.countTokens(text.text) > 0);
    const distinct = new Map(unread.map((text) => [keyOf(text), text]));
    const readings = await this.readNew([...distinct.values()], segmentation);
    for (const [i, key] of [...distinct.keys()].entries()) {
      const reading = readings[i];
      if (!reading) throw new Error("the engine left a text out");
      this.readings.set(key, reading);
    }
    return texts.map((text) => ({ ...text, ...(this.readings.get(keyOf(text)) ?? WORDLESS) }));
  }

  /** The whole analysis of a text, and this head's part in it. @throws UserError when the text has no token. */
  async analyze(
    { text, name }: NamedText,
    segmentation: Segmentation,
  ): Promise<{ readonly analysis: Analysis; readonly head: HeadAnalysis }> {
    const { engine, modelFolder, provider } = this;
    const analysis = await engine.analyze({ text, name, modelFolder, provider, segmentation });
    return { analysis, head: this.own(analysis.heads) };
  }

  private async readNew(texts: readonly NamedText[], segmentation: Segmentation): Promise<Reading[]> {
    if (texts.length === 0) return [];
    const { engine, modelFolder, provider } = this;
    // In int8, which may be what "auto" finds, texts that are read together share a scale: the figures would depend on a row's
    // neighbours.
    const apart = provider === "cpu-int8" || provider === "auto";
    const batches = apart ? texts.map((text) => [text]) : [texts];
    const started = performance.now();
    const outcomes: (DocumentScores | UserError)[] = [];
    for (const batch of batches) {
      outcomes.push(...(await engine.classify(batch, { modelFolder, provider, segmentation })));
    }
    this.milliseconds += performance.now() - started;
    return outcomes.map((outcome) => {
      if (outcome instanceof UserError) throw outcome;
      this.tokens += outcome.tokens;
      const { label, score, sure } = documentVerdict(this.own(outcome.heads));
      return { predicted: label, confidence: score, sure };
    });
  }

  private own<T extends HeadScores>(heads: readonly T[]): T {
    const head = heads.find(({ name }) => name === this.head);
    if (!head) throw new Error(`the engine gave no head "${this.head}"`);
    return head;
  }
}
