import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { Answer, type Ready } from "./protocol";

/** A contestant's process, from the host's side. */
export class Contestant {
  private readonly answers: AsyncIterator<string>;
  private errors = "";

  constructor(private readonly child: ChildProcess) {
    if (!child.stdout || !child.stderr) throw new Error("the process was started without pipes");
    this.answers = createInterface(child.stdout)[Symbol.asyncIterator]();
    child.stderr.on("data", (chunk: Buffer) => {
      this.errors = (this.errors + chunk.toString()).slice(-1000);
    });
    // A program that does not exist says so here; the end of its output is what is waited for.
    child.on("error", (error) => {
      this.errors = error.message;
    });
    child.stdin?.on("error", () => undefined);
  }

  /** Waits until it is warm. */
  async ready(): Promise<Ready> {
    const answer = await this.next();
    if (!("runtime" in answer)) throw unexpected(answer);
    return answer;
  }

  /** Has it run once; gives the time that took in milliseconds. */
  async run(): Promise<number> {
    this.child.stdin?.write("\n");
    const answer = await this.next();
    if (!("ms" in answer)) throw unexpected(answer);
    return answer.ms;
  }

  /** Ends it; gives the most memory that it had in MiB. */
  async finish(): Promise<number> {
    this.child.stdin?.end();
    const answer = await this.next();
    if (!("peakMb" in answer)) throw unexpected(answer);
    return answer.peakMb;
  }

  kill(): void {
    this.child.kill("SIGKILL");
  }

  /** @throws Error with half a sentence when the process says one, or ends. */
  private async next(): Promise<Answer> {
    let line = await this.answers.next();
    // Drivers may print what they like.
    while (!line.done && !line.value.startsWith("{")) line = await this.answers.next();
    if (line.done) {
      const lastLine = this.errors.trim().split("\n").at(-1);
      throw new Error(lastLine ? `it ended: ${lastLine}` : "it ended, out of memory perhaps");
    }
    const answer = Answer.parse(JSON.parse(line.value));
    if ("error" in answer) throw new Error(answer.error);
    return answer;
  }
}

function unexpected(answer: Answer): Error {
  return new Error(`it answered ${JSON.stringify(answer)}`);
}
