import { createInterface } from "node:readline";
import { env } from "onnxruntime-node";
import { adapterOf } from "../engine/providers/adapters";
import { firstLine } from "../errors";
import { Configuration, type Answer } from "./protocol";
import { load } from "./runs";

// A contestant's process; see protocol.ts.

async function main(): Promise<void> {
  const configuration = Configuration.parse(JSON.parse(process.argv.at(-1) ?? ""));
  const run = await load(configuration);
  const adapter = await adapterOf(configuration.provider);
  if (adapter?.software) throw new Error(`${adapter.name} is software, no GPU`);
  await run();
  say({ runtime: `onnxruntime ${env.versions.node ?? ""}`, ...(adapter && { adapter: adapter.name }) });
  const turns = createInterface(process.stdin)[Symbol.asyncIterator]();
  while (!(await turns.next()).done) {
    const start = performance.now();
    await run();
    say({ ms: performance.now() - start });
  }
  // The resource usage counts KiB.
  say({ peakMb: process.resourceUsage().maxRSS / 1024 });
}

function say(answer: Answer): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

main().catch((error: unknown) => {
  say({ error: firstLine(error) });
});
