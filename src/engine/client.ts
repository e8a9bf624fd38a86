import { rm } from "node:fs/promises";
import type { Analysis, DocumentScores, ExecutionProvider } from "../analysis/analysis";
import type { Finding } from "../analysis/draft";
import type { Explanation } from "../analysis/explanation";
import type { TokenDetails } from "../analysis/tokenDetails";
import { CancelledError, UserError } from "../errors";
import type { ModelDescription } from "../models/description";
import { CrashError } from "./crash";
import { EngineProcess } from "./process";
import { ProcessKeeper } from "./processKeeper";
import type { Outcome, Progress, Question, Questions, TextRequest } from "./protocol";

export interface EngineOptions {
  /** Absolute path of the bundled engine process, `dist/engine.js`. */
  readonly enginePath: string;
  /** Where the processes remember how this machine's execution providers did; it need not exist. */
  readonly recordsFolder: string;
  /** Minutes without work after which the process is ended and its memory returned; 0 keeps it. */
  readonly idleMinutes: number;
  /** Receives, a line at a time, what the user is not shown: the process's output, crashes, stacks. */
  readonly log: (line: string) => void;
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface AnalyzeOptions extends AskOptions {
  /** Receives what becomes known while a long document is read, see {@link addPart}; all of it is in the answer too. */
  readonly onFindings?: (findings: readonly Finding[]) => void;
}

/** What a caller asks; which providers are left out is the client's knowledge. */
export type ClientRequest = Omit<TextRequest, "excludedProviders">;

/** A text and how messages name it. */
export type NamedText = Pick<TextRequest, "name" | "text">;

type Asking<Q extends Question> = ClientRequest & Questions[Q]["asks"];
type AnswerTo<Q extends Question> = Questions[Q]["answer"];

/** How long a cancelled analysis may go on before its process is ended: a chunk takes far less, unless a driver hangs. */
const CANCEL_GRACE_MS = 10_000;

/** The host's end of the engine process: forks it on first use, restarts it after a crash, ends it when idle. */
export class EngineClient {
  private readonly keeper: ProcessKeeper;
  private readonly describing = new Set<EngineProcess>();
  private readonly excludedProviders = new Set<ExecutionProvider>();
  private queue: Promise<unknown> = Promise.resolve();
  private disposed = false;

  constructor(private readonly options: EngineOptions) {
    this.keeper = new ProcessKeeper(() => this.fork(), options.idleMinutes, options.log);
  }

  /** The running process's id, undefined when none runs. */
  get pid(): number | undefined {
    return this.keeper.pid;
  }

  setIdleMinutes(minutes: number): void {
    this.keeper.setIdleMinutes(minutes);
  }

  /**
   * Reads one text; requests queue and run one at a time.
   * @throws UserError with a sentence for the user; CancelledError when `signal` aborts.
   */
  analyze(request: ClientRequest, options: AnalyzeOptions = {}): Promise<Analysis> {
    return this.ask("analyze", request, options);
  }

  /**
   * What some documents come down to, all read at once: short ones take much less time so than one by one.
   * @returns for each its scores, or a UserError with the sentence that says why it has none
   * @throws as {@link analyze}.
   */
  async classify(
    documents: readonly NamedText[],
    settings: Omit<ClientRequest, keyof NamedText>,
    options: AskOptions = {},
  ): Promise<readonly (DocumentScores | UserError)[]> {
    const names = documents.map(({ name }) => name);
    const text = documents.map(({ text }) => text).join("");
    const lengths = documents.map(({ text }) => text.length);
    const outcomes = await this.ask("classify", { ...settings, name: names.join(", "), text, names, lengths }, options);
    return outcomes.map((outcome) => (outcome.ok ? outcome.value : new UserError(outcome.err.message)));
  }

  /**
   * What each head loses when each of `segments`, by their numbers in an analysis of the same text, is left out: the whole
   * rest is read again for each of them.
   * @throws as {@link analyze}.
   */
  explain(request: ClientRequest, segments: readonly number[], options: AskOptions = {}): Promise<Explanation> {
    return this.ask("explain", { ...request, segments }, options);
  }

  /**
   * What the model made of each token of a segment, by its number in an analysis of the same text. No more than the
   * segment's neighbourhood is read again if that text was the last that was asked of.
   * @throws as {@link analyze}.
   */
  tokens(request: ClientRequest, segment: number, options: AskOptions = {}): Promise<TokenDetails> {
    return this.ask("tokens", { ...request, segment }, options);
  }

  /**
   * Checks a checkpoint folder as an analysis would and tells what it holds. A process of its own does it: the model
   * in use stays loaded, an analysis under way goes on, and the folder's weights go with the process.
   * @throws UserError with a sentence for the user; CancelledError when the client is disposed.
   */
  async describe(folder: string): Promise<ModelDescription> {
    const engine = this.fork();
    this.describing.add(engine);
    try {
      return this.valueOf(await engine.describe(folder));
    } catch (error) {
      if (this.disposed) throw new CancelledError();
      if (error instanceof UserError) throw error;
      this.options.log(String(error));
      throw new UserError(
        `The engine stopped while it checked "${folder}": add it again; the "PoNet Lens" output channel has the details.`,
        { cause: error },
      );
    } finally {
      this.describing.delete(engine);
      engine.kill();
    }
  }

  /** Ends the processes; what runs or waits is cancelled. */
  dispose(): void {
    this.disposed = true;
    this.keeper.stop();
    for (const engine of this.describing) engine.kill();
  }

  /** Forgets how the execution providers did, crashes included: the next analysis with `auto` tries them again. */
  forgetProviders(): Promise<void> {
    const turn = this.queue.then(async () => {
      this.keeper.stop();
      this.excludedProviders.clear();
      await rm(this.options.recordsFolder, { recursive: true, force: true });
    });
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private fork(): EngineProcess {
    const { enginePath, recordsFolder, log } = this.options;
    return new EngineProcess(enginePath, recordsFolder, log);
  }

  private ask<Q extends Question>(question: Q, request: Asking<Q>, options: AnalyzeOptions): Promise<AnswerTo<Q>> {
    const turn = this.queue.then(() => this.run(question, request, options));
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private async run<Q extends Question>(
    question: Q,
    request: Asking<Q>,
    options: AnalyzeOptions,
  ): Promise<AnswerTo<Q>> {
    this.keeper.wake();
    try {
      return await this.runDespiteDrivers(question, request, options);
    } catch (error) {
      throw error instanceof CrashError ? error.forUser(request.name) : error;
    } finally {
      this.keeper.rest();
    }
  }

  /** A GPU driver that takes the process down while `auto` tries it is left out from then on: the CPU can answer. */
  private async runDespiteDrivers<Q extends Question>(
    question: Q,
    request: Asking<Q>,
    options: AnalyzeOptions,
  ): Promise<AnswerTo<Q>> {
    try {
      return await this.runOnce(question, request, options);
    } catch (error) {
      if (!(error instanceof CrashError && error.trying && request.provider === "auto")) throw error;
      this.excludedProviders.add(error.trying);
      return await this.runDespiteDrivers(question, request, options);
    }
  }

  private async runOnce<Q extends Question>(
    question: Q,
    request: Asking<Q>,
    { signal, onProgress, onFindings }: AnalyzeOptions,
  ): Promise<AnswerTo<Q>> {
    const engine = await this.ready(request, signal);
    let trying: ExecutionProvider | undefined;
    let graceTimer: NodeJS.Timeout | undefined;
    const whole = { ...request, excludedProviders: [...this.excludedProviders] };
    const answer = engine.ask(question, whole, (progress, findings) => {
      // A driver may also bring the process down a little later, from a thread of its own.
      trying = progress.trying ?? trying;
      if (findings.length > 0) onFindings?.(findings);
      onProgress?.(progress);
    });
    const cancel = () => {
      answer.cancel();
      graceTimer = setTimeout(() => {
        this.keeper.stop();
      }, CANCEL_GRACE_MS);
    };
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      const outcome = await answer.outcome;
      this.keeper.answered();
      return this.valueOf(outcome);
    } catch (error) {
      if (this.isOver(signal)) throw new CancelledError();
      if (error instanceof UserError || error instanceof CancelledError) throw error;
      this.keeper.crashed();
      this.options.log(String(error));
      throw new CrashError(trying, error);
    } finally {
      clearTimeout(graceTimer);
      signal?.removeEventListener("abort", cancel);
    }
  }

  private valueOf<T>(outcome: Outcome<T>): T {
    if (outcome.ok) return outcome.value;
    this.options.log(outcome.err.detail);
    throw new UserError(outcome.err.message);
  }

  /** A process that holds the model and provider asked for, or none yet. */
  private async ready(request: ClientRequest, signal: AbortSignal | undefined): Promise<EngineProcess> {
    if (this.isOver(signal)) throw new CancelledError();
    const engine = await this.keeper.ready(JSON.stringify([request.modelFolder, request.provider]), signal);
    if (this.disposed) this.keeper.stop();
    if (!engine || this.disposed) throw new CancelledError();
    return engine;
  }

  private isOver(signal: AbortSignal | undefined): boolean {
    return this.disposed || signal?.aborted === true;
  }
}
