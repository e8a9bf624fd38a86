import type { Finding } from "../analysis/draft";
import { CancelledError, UserError } from "../errors";
import { modelStamp } from "../models/modelFiles";
import { isCpu, type ExecutionProvider } from "../ponet/provider";
import { unlessAborted } from "../unlessAborted";
import { CrashError, ProviderError } from "./crash";
import { valueOf } from "./outcome";
import type { EngineProcess } from "./process";
import { ProcessKeeper } from "./processKeeper";
import type { Phase, Progress, Question, Questions, Request } from "./protocol";

export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: Progress) => void;
  /** Receives what becomes known while a document is analysed, see {@link takeIn}; after another outline, all of it anew. */
  readonly onFindings?: (findings: readonly Finding[]) => void;
}

/** What a caller asks; which providers are left out is known here. */
export type Asking<Q extends Question> = Omit<Request<Q>, "excludedProviders">;
type AnswerTo<Q extends Question> = Questions[Q]["answer"];

/**
 * How long what was cancelled may go on without a word before its process is ended, in milliseconds: a chunk takes far less,
 * unless a driver hangs. To load a model may take longer where a provider is tried for the first time, and is not for
 * nothing: the next question wants what is loaded, and what was found out of the providers.
 */
const CANCEL_GRACE_MS = 10_000;
const LOADING_GRACE_MS = 60_000;

/** Asks the engine process one question after the other, whichever process that is. */
export class Asker {
  private readonly keeper: ProcessKeeper;
  private readonly excludedProviders = new Set<ExecutionProvider>();
  private queue: Promise<unknown> = Promise.resolve();
  private disposed = false;
  /** What was cancelled and has not ended yet. */
  private ending: Asking<Question> | undefined;

  constructor(
    fork: () => EngineProcess,
    idleMinutes: number,
    private readonly log: (line: string) => void,
    /** Forgets how the execution providers of this machine did. */
    private readonly forgetTrials: () => Promise<void>,
  ) {
    this.keeper = new ProcessKeeper(fork, idleMinutes, log);
  }

  /** The running process's id, undefined when none runs. */
  get pid(): number | undefined {
    return this.keeper.pid;
  }

  setIdleMinutes(minutes: number): void {
    this.keeper.setIdleMinutes(minutes);
  }

  /** @throws UserError with a sentence for the user; CancelledError when `signal` aborts. */
  ask<Q extends Question>(question: Q, request: Asking<Q>, options: AskOptions): Promise<AnswerTo<Q>> {
    const { signal } = options;
    if (signal?.aborted) return Promise.reject(new CancelledError());
    const { ending } = this;
    // This question takes another process anyway.
    if (ending && (ending.modelFolder !== request.modelFolder || ending.provider !== request.provider)) {
      this.keeper.stop();
    }
    const answer = this.inTurn(() => this.run(question, request, options));
    // What is under way, a driver that is being tried, say, may take longer to end.
    return unlessAborted(answer, signal);
  }

  /**
   * Ends the process and forgets how the providers did, before the next question.
   * @throws CancelledError when `signal` aborts: nothing is done any more whose turn has not come
   */
  startAnew(signal?: AbortSignal): Promise<void> {
    const done = this.inTurn(async () => {
      if (signal?.aborted) return;
      this.keeper.stop();
      this.excludedProviders.clear();
      await this.forgetTrials();
    });
    return unlessAborted(done, signal);
  }

  /** Ends the process; what runs or waits is cancelled. */
  dispose(): void {
    this.disposed = true;
    this.keeper.stop();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private async run<Q extends Question>(question: Q, request: Asking<Q>, options: AskOptions): Promise<AnswerTo<Q>> {
    this.keeper.wake();
    const ask = () => this.runOnce(question, request, options);
    try {
      return await this.despiteDrivers(request.provider, () => despiteLostDevice(ask));
    } catch (error) {
      throw error instanceof CrashError ? error.forUser(request.name) : error;
    } finally {
      this.keeper.rest();
    }
  }

  /** A GPU provider that fails twice or takes the process down under `auto` is left out from then on: the CPU can answer. */
  private async despiteDrivers<T>(asked: Asking<Question>["provider"], run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof CrashError && error.suspect && asked === "auto")) throw error;
      return await this.without(error.suspect, () => this.despiteDrivers(asked, run));
    }
  }

  private async without<T>(provider: ExecutionProvider, run: () => Promise<T>): Promise<T> {
    this.excludedProviders.add(provider);
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof CancelledError)) {
        // What cannot be done without it either, for a lack of memory, say, was none of its doing.
        this.excludedProviders.delete(provider);
        await this.forgetTrials().catch((failed: unknown) => {
          this.log(String(failed));
        });
      }
      throw error;
    }
  }

  private async runOnce<Q extends Question>(
    question: Q,
    request: Asking<Q>,
    { signal, onProgress, onFindings }: AskOptions,
  ): Promise<AnswerTo<Q>> {
    const engine = await this.ready(request, signal);
    let phase: Phase = "loading";
    let graceTimer: NodeJS.Timeout | undefined;
    // One that is asked for by name is tried again.
    const excludedProviders = request.provider === "auto" ? [...this.excludedProviders] : [];
    const whole = { ...request, excludedProviders };
    const answer = engine.ask(question, whole, (progress, findings) => {
      phase = progress.phase;
      graceTimer?.refresh();
      // A driver may also bring the process down later, from a thread of its own or at another question.
      engine.suspect = progress.trying ?? engine.suspect;
      if (progress.provider) engine.suspect = isCpu(progress.provider) ? undefined : progress.provider;
      if (findings.length > 0) onFindings?.(findings);
      onProgress?.(progress);
    });
    const cancel = () => {
      answer.cancel();
      this.ending = request;
      const graceMs = phase === "loading" ? LOADING_GRACE_MS : CANCEL_GRACE_MS;
      graceTimer = setTimeout(() => {
        // A driver that hangs costs as much as one that crashes: under `auto` it is tried no more.
        if (engine.suspect && request.provider === "auto") {
          this.excludedProviders.add(engine.suspect);
          this.log(`engine: ${engine.suspect} did not answer and is left out`);
        }
        this.keeper.stop();
      }, graceMs);
    };
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      const outcome = await answer.outcome;
      this.keeper.answered();
      if (!outcome.ok && outcome.err.provider) {
        // It may hold what it failed with, and would be taken for the next document.
        this.keeper.stop();
        if (request.provider === "auto") {
          this.log(outcome.err.detail);
          throw new ProviderError(outcome.err.provider, new Error(outcome.err.message));
        }
      }
      return valueOf(outcome, this.log);
    } catch (error) {
      if (this.isOver(signal)) throw new CancelledError();
      if (error instanceof UserError || error instanceof CancelledError || error instanceof CrashError) throw error;
      this.keeper.crashed();
      this.log(String(error));
      throw new CrashError(engine.suspect, error);
    } finally {
      clearTimeout(graceTimer);
      this.ending = undefined;
      signal?.removeEventListener("abort", cancel);
    }
  }

  /** A process that holds the model and provider asked for, or none yet. */
  private async ready(request: Asking<Question>, signal: AbortSignal | undefined): Promise<EngineProcess> {
    if (this.isOver(signal)) throw new CancelledError();
    // A model that was trained further in its folder is another one.
    const stamp = await unlessAborted(modelStamp(request.modelFolder), signal);
    const engine = await this.keeper.ready(JSON.stringify([request.modelFolder, stamp, request.provider]), signal);
    if (this.disposed) this.keeper.stop();
    if (!engine || this.disposed) throw new CancelledError();
    return engine;
  }

  private isOver(signal: AbortSignal | undefined): boolean {
    return this.disposed || signal?.aborted === true;
  }
}

/** Sleep, a reset or a new driver takes a device from the process that holds it, and is no reason to do without it. */
async function despiteLostDevice<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return await run();
  }
}
