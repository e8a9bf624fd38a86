import { readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { median } from "../src/benchmark/median";
import { MODELS, withEngine } from "../src/cli/engine";
import type { ClientRequest } from "../src/engine/client";
import { bundledModels } from "../src/models/registry";

const ROUNDS = 20;
const WORDS = 2000;
const LARGE_UNITS = 10_000_000;

/**
 * Prints what a user waits for with each bundled model on the CPU: until a new engine process has loaded it, until a warm
 * one has read 2,000 words, and until it has read 10 MB; and for how long the host's event loop is held meanwhile.
 */
export async function latency(): Promise<void> {
  for (const { id, folder } of await bundledModels(MODELS)) console.table(await waits(id, folder));
}

async function waits(model: string, modelFolder: string): Promise<object[]> {
  const passage = readFileSync("test/fixtures/workspace/sample.txt", "utf8");
  const words = passage.split(/(?<=\s)(?=\S)/);
  const text = words.slice(0, WORDS).join("");
  const base = { name: "sample", provider: "cpu", segmentation: "paragraph" } as const;
  const request = (content: string): ClientRequest => ({ ...base, modelFolder, text: content });

  const loads: number[] = [];
  for (let round = 0; round < 5; round++) {
    await withEngine(async (engine) => {
      const asked = performance.now();
      let loaded = 0;
      const onProgress = ({ phase }: { readonly phase: string }) => {
        if (phase !== "loading") loaded ||= performance.now();
      };
      await engine.analyze(request("Hello."), { onProgress });
      loads.push(loaded - asked);
    });
  }
  return withEngine(async (engine) => {
    const times: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const asked = performance.now();
      await engine.analyze(request(text));
      if (round > 0) times.push(performance.now() - asked);
    }
    const large = passage.repeat(Math.ceil(LARGE_UNITS / passage.length)).slice(0, LARGE_UNITS);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const { tokens, timings } = await engine.analyze(request(large));
    delay.disable();
    return [
      { model, what: "a new process, until the model is loaded", ms: Math.round(median(loads)) },
      { model, what: `${WORDS} words, warm`, ms: Math.round(median(times)) },
      { model, what: `${tokens} tokens in ${LARGE_UNITS / 1e6} MB`, ms: Math.round(timings.totalMs) },
      { model, what: "longest hold of the host's event loop meanwhile", ms: Math.round(delay.max / 1e6) },
    ];
  });
}
