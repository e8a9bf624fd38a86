import { createInterface } from "node:readline";
import { peakMemoryMb } from "../engine/peakMemory";
import { adapterOf } from "../engine/providers/adapters";
import { reason } from "../engine/providers/reason";
import { env } from "../ponet/onnxruntime";
import { Configuration, type Answer } from "./protocol";
import { load } from "./runs";

// A contestant's process; see protocol.ts.

/** Runs that take less are led in by one that does not count: the system takes memory of a process that waits its turn. */
const SHORT_MS = 1000;

async function main(): Promise<void> {
  const configuration = Configuration.parse(JSON.parse(process.argv.at(-1) ?? ""));
  const run = await load(configuration);
  const adapter = await adapterOf(configuration.provider);
  if (adapter?.software) throw new Error(`${adapter.name} is software, no GPU`);
  const timed = async () => {
    const start = performance.now();
    await run();
    return performance.now() - start;
  };
  const first = await timed();
  say({ runtime: `onnxruntime ${env.versions.node ?? ""}`, ...(adapter && { adapter: adapter.name }) });
  const turns = createInterface(process.stdin)[Symbol.asyncIterator]();
  while (!(await turns.next()).done) {
    if (first < SHORT_MS) await run();
    say({ ms: await timed() });
  }
  say({ peakMb: peakMemoryMb() });
}

function say(answer: Answer): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

main().catch((error: unknown) => {
  say({ error: reason(error) });
});
