import { readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { median } from "../src/benchmark/median";
import { DEFAULT_MODEL, modelArgument, withEngine } from "../src/cli/engine";
import type { ClientRequest } from "../src/engine/client";

const ROUNDS = 20;
const WORDS = 2000;
const LARGE_UNITS = 10_000_000;

/**
 * Prints what a user waits for with the bundled model on the CPU: until a new engine process has loaded it, and until a
 * warm one has read 2,000 words; and for how long the host's event loop is held while 10 MB are read.
 */
export async function latency(): Promise<void> {
  const passage = readFileSync("test/fixtures/workspace/sample.txt", "utf8");
  const words = passage.split(/(?<=\s)(?=\S)/);
  const text = words.slice(0, WORDS).join("");
  const base = { name: "sample", provider: "cpu", segmentation: "paragraph" } as const;
  const modelFolder = await modelArgument(DEFAULT_MODEL);
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
  await withEngine(async (engine) => {
    const times: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const asked = performance.now();
      await engine.analyze(request(text));
      if (round > 0) times.push(performance.now() - asked);
    }
    console.table([
      { what: "a new process, until the model is loaded", ms: Math.round(median(loads)) },
      { what: `${WORDS} words, warm`, ms: Math.round(median(times)) },
    ]);
    const large = passage.repeat(Math.ceil(LARGE_UNITS / passage.length)).slice(0, LARGE_UNITS);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const { tokens, timings } = await engine.analyze(request(large));
    delay.disable();
    console.table([
      { what: `${tokens} tokens in ${LARGE_UNITS / 1e6} MB`, ms: Math.round(timings.totalMs) },
      { what: "longest hold of the host's event loop meanwhile", ms: Math.round(delay.max / 1e6) },
    ]);
  });
}
