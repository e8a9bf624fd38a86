import { fork, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { CancelledError } from "../errors";
import type { AnalyzeRequest, FromEngine, Progress, ToEngine } from "./protocol";

type Result = Extract<FromEngine, { type: "result" }>["result"];

/** An analysis under way in the engine process. */
export interface Answer {
  /** Rejects with CancelledError when cancelled, with another error when the process ends first. */
  readonly result: Promise<Result>;
  readonly cancel: () => void;
}

interface Waiting {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: (progress: Progress) => void;
}

/** One forked engine process and the requests that wait for it. */
export class EngineProcess {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;

  constructor(enginePath: string, log: (line: string) => void) {
    // `advanced` carries typed arrays as they are; the host's own Node flags (an inspector's port, say) stay with it.
    this.child = fork(enginePath, [], { serialization: "advanced", silent: true, execArgv: [] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (stream)
        createInterface(stream).on("line", (line) => {
          log(`engine: ${line}`);
        });
    }
    this.child.on("message", (message) => {
      this.receive(message as FromEngine);
    });
    this.child.on("error", (error) => {
      this.end(error);
    });
    this.child.on("exit", (code, signal) => {
      this.end(new Error(`the engine process ended with ${signal ?? `status ${code ?? "unknown"}`}`));
    });
  }

  get pid(): number | undefined {
    return this.alive ? this.child.pid : undefined;
  }

  get alive(): boolean {
    return this.child.connected && this.child.exitCode === null && this.child.signalCode === null;
  }

  analyze(request: AnalyzeRequest, onProgress: (progress: Progress) => void): Answer {
    const id = this.nextId++;
    const result = new Promise<Result>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, onProgress });
      this.send({ type: "analyze", id, request });
    });
    return {
      result,
      cancel: () => {
        this.send({ type: "cancel", id });
      },
    };
  }

  kill(): void {
    this.child.kill("SIGKILL");
  }

  private send(message: ToEngine): void {
    this.child.send(message, (error) => {
      if (error) this.end(error);
    });
  }

  private receive(message: FromEngine): void {
    const waiting = this.waiting.get(message.id);
    if (!waiting) return;
    if (message.type === "progress") {
      waiting.onProgress(message.progress);
      return;
    }
    this.waiting.delete(message.id);
    if (message.type === "cancelled") waiting.reject(new CancelledError());
    else waiting.resolve(message.result);
  }

  private end(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
