import { rm } from "node:fs/promises";
import type { Analysis, DocumentScores } from "../analysis/analysis";
import { takeIn, type Finding, type Part } from "../analysis/draft";
import type { Explanation } from "../analysis/explanation";
import type { TokenDetails } from "../analysis/tokenDetails";
import { UserError } from "../errors";
import type { ModelDescription } from "../models/description";
import { Asker, type Asking, type AskOptions } from "./asker";
import { FolderChecks } from "./folderChecks";
import { EngineProcess } from "./process";
import type { TextRequest } from "./protocol";

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

/** How a text is read. */
export type ReadingSettings = Pick<TextRequest, "modelFolder" | "provider" | "segmentation">;

/** What a caller asks of a text. */
export type ClientRequest = Asking<"analyze">;

export interface AnalyzeOptions extends Omit<AskOptions, "onFindings"> {
  /**
   * Receives the draft of the analysis, whose figures are NaN until they are known, and what has been written into it since the
   * call before. Another draft takes its place where a driver fails: the text is read anew, by another process or provider.
   */
  readonly onFound?: (draft: Analysis, parts: readonly Part[]) => void;
}

/** A text and how messages name it. */
export type NamedText = Pick<TextRequest, "name" | "text">;

/** The host's end of the engine process: forks it on first use, restarts it after a crash, ends it when idle. */
export class EngineClient {
  private readonly asker: Asker;
  private readonly checks: FolderChecks;

  constructor({ enginePath, recordsFolder, idleMinutes, log }: EngineOptions) {
    const fork = () => new EngineProcess(enginePath, recordsFolder, log);
    this.asker = new Asker(fork, idleMinutes, log, () =>
      rm(recordsFolder, { recursive: true, force: true, maxRetries: 3 }),
    );
    this.checks = new FolderChecks(fork, log);
  }

  /** The running process's id, undefined when none runs. */
  get pid(): number | undefined {
    return this.asker.pid;
  }

  setIdleMinutes(minutes: number): void {
    this.asker.setIdleMinutes(minutes);
  }

  /**
   * Reads one text; requests queue and run one at a time.
   * @returns the last draft, complete: another object with the same arrays
   * @throws UserError with a sentence for the user; CancelledError when `signal` aborts.
   */
  async analyze(request: ClientRequest, { onFound, ...options }: AnalyzeOptions = {}): Promise<Analysis> {
    const known: { draft: Analysis | undefined } = { draft: undefined };
    const onFindings = (findings: readonly Finding[]) => {
      known.draft = findings.reduce(takeIn, known.draft);
      const parts = findings.filter((finding) => finding.kind !== "outline");
      if (known.draft) onFound?.(known.draft, parts);
    };
    const answer = await this.asker.ask("analyze", request, { ...options, onFindings });
    if (!known.draft) throw new Error("the engine answered without an outline");
    return { ...known.draft, ...answer };
  }

  /**
   * What some documents come down to, short ones read together: they take much less time so than one by one.
   * @returns for each its scores, or a UserError with the sentence that says why it has none
   * @throws as {@link analyze}.
   */
  async classify(
    documents: readonly NamedText[],
    settings: ReadingSettings,
    options: AskOptions = {},
  ): Promise<readonly (DocumentScores | UserError)[]> {
    const names = documents.map(({ name }) => name);
    const [first = "", last = first] = [names[0], names.at(-1)];
    const text = documents.map(({ text }) => text).join("");
    const lengths = documents.map(({ text }) => text.length);
    const outcomes = await this.asker.ask(
      "classify",
      { ...settings, name: first === last ? first : `${first} to ${last}`, text, names, lengths },
      options,
    );
    return outcomes.map((outcome) => (outcome.ok ? outcome.value : new UserError(outcome.err.message)));
  }

  /**
   * What each head loses when each of `segments`, by their numbers in an analysis of the same text, is left out: the whole
   * rest is read again for each of them.
   * @throws as {@link analyze}.
   */
  explain(request: ClientRequest, segments: readonly number[], options: AskOptions = {}): Promise<Explanation> {
    return this.asker.ask("explain", { ...request, segments }, options);
  }

  /**
   * What the model made of each token of a segment, by its number in an analysis of the same text. No more than the
   * segment's neighbourhood is read again if that text was the last that was asked of.
   * @throws as {@link analyze}.
   */
  tokens(request: ClientRequest, segment: number, options: AskOptions = {}): Promise<TokenDetails> {
    return this.asker.ask("tokens", { ...request, segment }, options);
  }

  /**
   * Checks a checkpoint folder as an analysis would and tells what it holds; see {@link FolderChecks}.
   * @throws UserError with a sentence for the user; CancelledError when `signal` aborts or the client is disposed.
   */
  describe(folder: string, signal?: AbortSignal): Promise<ModelDescription> {
    return this.checks.describe(folder, signal);
  }

  /** Ends the processes; what runs or waits is cancelled. */
  dispose(): void {
    this.asker.dispose();
    this.checks.dispose();
  }

  /**
   * Forgets how the execution providers did, crashes included: the next analysis with `auto` tries them again.
   * @throws CancelledError when `signal` aborts while what was asked before is under way
   */
  forgetProviders(signal?: AbortSignal): Promise<void> {
    return this.asker.startAnew(signal);
  }
}
