import { setTimeout as delay } from "node:timers/promises";
import type { EngineProcess } from "./process";

/** Waits before a new process after the n-th crash in a row, doubling up to the maximum, in milliseconds. */
const FIRST_BACK_OFF_MS = 250;
const MAX_BACK_OFF_MS = 30_000;

/** What a timer can wait at most; it takes more for nothing. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Keeps the one process that holds a model: from the first question on, until it is idle or another model is asked for. */
export class ProcessKeeper {
  private process: EngineProcess | undefined;
  /** What the process was started for. */
  private held: string | undefined;
  private crashes = 0;
  private idleTimer: NodeJS.Timeout | undefined;
  private isResting = true;

  /** @param idleMinutes after which a process without work is ended; 0 keeps it */
  constructor(
    private readonly fork: () => EngineProcess,
    private idleMinutes: number,
    private readonly log: (line: string) => void,
  ) {}

  /** The running process's id, undefined when none runs. */
  get pid(): number | undefined {
    return this.process?.pid;
  }

  setIdleMinutes(minutes: number): void {
    this.idleMinutes = minutes;
    if (this.isResting) this.rest();
  }

  /**
   * A process that was started for `wanted` or is started now; after crashes in a row only after a while.
   * @returns undefined when `signal` aborts meanwhile
   */
  async ready(wanted: string, signal: AbortSignal | undefined): Promise<EngineProcess | undefined> {
    // Onnxruntime keeps part of a released model's memory: a change of model takes a new process.
    if (this.held !== wanted || !this.process?.alive) this.stop();
    if (!this.process && this.crashes > 0) {
      const backOffMs = Math.min(FIRST_BACK_OFF_MS * 2 ** (this.crashes - 1), MAX_BACK_OFF_MS);
      // No longer than until the signal aborts.
      await delay(backOffMs, undefined, { signal }).catch(() => undefined);
    }
    if (signal?.aborted) return undefined;
    this.process ??= this.fork();
    this.held = wanted;
    return this.process;
  }

  /** The process has answered. */
  answered(): void {
    this.crashes = 0;
  }

  /** The process has gone. */
  crashed(): void {
    this.crashes++;
    this.stop();
  }

  /** The process has work. */
  wake(): void {
    this.isResting = false;
    clearTimeout(this.idleTimer);
  }

  /** The process has no work for now. */
  rest(): void {
    this.wake();
    this.isResting = true;
    if (this.idleMinutes === 0 || !this.process) return;
    const idleMs = Math.min(this.idleMinutes * 60_000, LONGEST_TIMER_MS);
    this.idleTimer = setTimeout(() => {
      this.log(`engine: ended after ${this.idleMinutes} idle minutes`);
      this.stop();
    }, idleMs);
    this.idleTimer.unref();
  }

  stop(): void {
    clearTimeout(this.idleTimer);
    this.process?.kill();
    this.process = undefined;
    this.held = undefined;
  }
}
