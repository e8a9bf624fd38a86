// Runs in the extension host: classifies a large document and tells for how long that holds the host's event loop.
import { readFileSync } from "node:fs";
import * as vscode from "vscode";
import { classified, openSample } from "../../test/vscode/lens";
import { tell } from "./tell";

/** A span between two turns of the event loop. In milliseconds. */
export interface Span {
  /** Since the document was given to be classified. */
  readonly start: number;
  readonly wall: number;
  /** Processor time of the thread that the event loop runs on. */
  readonly cpu: number;
}

export interface Hold {
  readonly tokens: number;
  /** Of most processor time, the most first, until the reading was there. */
  readonly reading: readonly Span[];
  /** The same from then on. */
  readonly read: readonly Span[];
}

const LARGE_UNITS = 10_000_000;
/** Until then the host takes in the document, and afterwards the views what is new to them. */
const SETTLING_MS = 5000;
/** Shorter spans are the timer's own. */
const SHORTEST_MS = 4;
const MOST_SPANS = 5;

export async function run(): Promise<void> {
  const { document: sample } = await openSample();
  await classified(sample);
  const passage = sample.getText();
  const file = vscode.Uri.joinPath(sample.uri, "../large.txt");
  const large = passage.repeat(Math.ceil(LARGE_UNITS / passage.length)).slice(0, LARGE_UNITS);
  await vscode.workspace.fs.writeFile(file, Buffer.from(large));
  const { document } = await vscode.window.showTextDocument(file);
  await delay(SETTLING_MS);
  const start = performance.now();
  const stop = watch(start);
  const { analysis } = await classified(document);
  const done = performance.now() - start;
  await delay(SETTLING_MS);
  const spans = stop().sort((a, b) => b.cpu - a.cpu);
  const hold: Hold = {
    tokens: analysis.tokens,
    reading: spans.filter(({ start, wall }) => start + wall < done).slice(0, MOST_SPANS),
    read: spans.filter(({ start, wall }) => start + wall >= done).slice(0, MOST_SPANS),
  };
  tell(hold);
}

/** Measures the spans between turns of the event loop, which a timer has in every millisecond, until it is stopped. */
function watch(start: number): () => Span[] {
  const spans: Span[] = [];
  let [at, used] = [performance.now(), threadMs()];
  const timer = setInterval(() => {
    const [now, usedNow] = [performance.now(), threadMs()];
    if (now - at > SHORTEST_MS) spans.push({ start: at - start, wall: now - at, cpu: usedNow - used });
    [at, used] = [performance.now(), threadMs()];
  }, 1);
  return () => {
    clearInterval(timer);
    return spans;
  };
}

/** Processor time of the main thread where the system tells it, on Linux; elsewhere that of the whole process. */
function threadMs(): number {
  if (process.platform === "linux") {
    const [nanoseconds = ""] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ");
    return Number(nanoseconds) / 1e6;
  }
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
