import { fork, type ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import type { Finding } from "../analysis/draft";
import { CancelledError } from "../errors";
import type { ExecutionProvider } from "../ponet/provider";
import { unloadable } from "./crash";
import type { Answer, FromEngine, Progress, Question, Request, ToEngine } from "./protocol";

/** A question that the engine process is at. */
export interface Asked<Q extends Question> {
  /** Rejects with CancelledError when cancelled, with another error when the process ends first. */
  readonly outcome: Promise<Answer<Q>>;
  readonly cancel: () => void;
}

interface Waiting {
  readonly receive: (message: FromEngine) => void;
  readonly reject: (error: Error) => void;
}

/** UTF-16 units of a text that are sent at a time. */
const PIECE_UNITS = 2 ** 19;

/**
 * What the process has besides the host's environment. Left to itself, glibc takes memory of up to 32 MiB from its heap as
 * soon as some of that size was freed, and documents of many lengths leave holes there that no later one fits into. From
 * this size on memory comes from the system and goes back to it at once.
 */
const ENVIRONMENT = { MALLOC_MMAP_THRESHOLD_: String(2 ** 20) };

/**
 * V8's, in place of the host's own, an inspector's port, say. Twice as much room for young objects, V8's own bound, is
 * filled after some hundred documents, saves no time, and holds twice the tensors that nobody needs any more.
 */
const FLAGS = ["--max-semi-space-size=8"];

/** One forked engine process and the requests that wait for it. */
export class EngineProcess {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;
  private hasEnded = false;
  /** The GPU provider whose driver may bring it down: the one that it computes on or, until that is known, tried last. */
  suspect: ExecutionProvider | undefined;

  /** @param recordsFolder where what is remembered of the machine's execution providers is kept */
  constructor(enginePath: string, recordsFolder: string, log: (line: string) => void) {
    // `advanced` carries typed arrays as they are.
    this.child = fork(enginePath, [recordsFolder], {
      serialization: "advanced",
      silent: true,
      execArgv: FLAGS,
      env: { ...process.env, ...ENVIRONMENT },
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (stream) void logLines(stream, log);
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
    return !this.hasEnded && this.child.connected && this.child.exitCode === null && this.child.signalCode === null;
  }

  ask<Q extends Question>(
    question: Q,
    request: Request<Q>,
    onProgress: (progress: Progress, findings: readonly Finding[]) => void,
  ): Asked<Q> {
    const id = this.nextId++;
    const outcome = new Promise<Answer<Q>>((resolve, reject) => {
      const receive = (message: FromEngine) => {
        if (message.type === "progress") onProgress(message.progress, message.findings);
        else if (message.type === "cancelled") reject(new CancelledError());
        else if (message.type === question) resolve(message.outcome);
      };
      this.waiting.set(id, { receive, reject });
      void this.sendQuestion(question, id, request);
    });
    return {
      outcome,
      cancel: () => {
        this.send({ type: "cancel", id });
      },
    };
  }

  /** Ends it for whoever waits, too: a process that is stuck in a driver outlives the signal. */
  kill(): void {
    this.child.kill("SIGKILL");
    this.end(new Error("the engine process was ended"));
  }

  /** Sends the text first, a piece in each turn of the event loop: serializing ten megabytes at once would hold it. */
  private async sendQuestion<Q extends Question>(type: Q, id: number, { text, ...request }: Request<Q>): Promise<void> {
    for (let start = 0; start < text.length && this.waiting.has(id); start += PIECE_UNITS) {
      this.send({ type: "text", id, piece: text.slice(start, start + PIECE_UNITS) });
      await new Promise(setImmediate);
    }
    if (this.waiting.has(id)) this.send({ type, id, request } as ToEngine);
  }

  private send(message: ToEngine): void {
    // A process that could not be started has nothing to send by, and tells so by its "error".
    if (this.child.pid === undefined) return;
    this.child.send(message, (error) => {
      if (error) this.end(error);
    });
  }

  private receive(message: FromEngine): void {
    if (message.type === "unloadable") {
      this.end(unloadable(message.reason));
      return;
    }
    const waiting = this.waiting.get(message.id);
    if (message.type !== "progress") this.waiting.delete(message.id);
    waiting?.receive(message);
  }

  private end(error: Error): void {
    this.hasEnded = true;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}

async function logLines(stream: Readable, log: (line: string) => void): Promise<void> {
  // Loaded with the first process: an extension that is being activated has no time for it.
  const { createInterface } = await import("node:readline");
  createInterface(stream).on("line", (line) => {
    log(`engine: ${line}`);
  });
}
