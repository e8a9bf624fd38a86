import type { Analysis } from "../analysis/analysis";
import type { AnalyzeRequest, Progress } from "./protocol";

export interface EngineOptions {
  /** Absolute path of the bundled engine process, `dist/engine.js`. */
  readonly enginePath: string;
  /** Minutes without work after which the process is ended and its memory returned; 0 keeps it. */
  readonly idleMinutes: number;
  /** Receives one line at a time of what the user is not shown: the process's output, crashes, stacks. */
  readonly log: (line: string) => void;
}

export interface AnalyzeOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** The host's end of the engine process: forks it on first use, restarts it after a crash, ends it when idle. */
export class EngineClient {
  constructor(_options: EngineOptions) {
    throw new Error("in the making");
  }

  /** The running process, for tests that kill it. */
  get pid(): number | undefined {
    return undefined;
  }

  setIdleMinutes(_minutes: number): void {}

  /**
   * Reads one text; requests queue and run one at a time.
   * @throws UserError with a sentence for the user; CancelledError when `signal` aborts.
   */
  analyze(_request: Omit<AnalyzeRequest, "excludedProviders">, _options: AnalyzeOptions = {}): Promise<Analysis> {
    return Promise.reject(new Error("in the making"));
  }

  dispose(): void {}
}
