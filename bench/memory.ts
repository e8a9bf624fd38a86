import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { median } from "../src/benchmark/median";
import { DEFAULT_MODEL, modelArgument, withEngine } from "../src/cli/engine";
import type { Progress } from "../src/engine/protocol";
import { numbers } from "./numbers";

/** Before the memory is first read: until then caches fill. */
const WARM_SWITCHES = 5;
const WARM_ANALYSES = 50;

/** Over which the memory is read: between two garbage collections the same work holds some tens of MiB more or less. */
const READ_ANALYSES = 50;

/**
 * Prints the resident memory of the host and of its engine process before and after many model switches and many
 * analyses, each as the median over 50 analyses: neither is to have grown by more than a tenth. The documents are of
 * 1,000 characters up to the whole sample in a mixed order, and the first 50 hold about as long ones as the others.
 *
 * @param args Switches (200) and analyses (2,000).
 */
export async function memory(args: readonly string[]): Promise<void> {
  const [switches = 200, analyses = 2000] = numbers(args, "memory [SWITCHES ANALYSES]");
  const text = await readFile("test/fixtures/workspace/sample.txt", "utf8");
  const original = await modelArgument(DEFAULT_MODEL);
  const folder = await mkdtemp(path.join(os.tmpdir(), "ponet-memory-"));
  const copy = path.join(folder, DEFAULT_MODEL);
  await cp(original, copy, { recursive: true });
  try {
    await withEngine(async (engine) => {
      const settings = { name: "sample", provider: "cpu", segmentation: "paragraph" } as const;
      /** Gives the engine's resident memory at its end, in MiB. */
      const analyze = async (modelFolder: string, content: string): Promise<number> => {
        let atEnd = NaN;
        const onProgress = ({ rssMb }: Progress) => (atEnd = rssMb);
        await engine.analyze({ ...settings, modelFolder, text: content }, { onProgress });
        return atEnd;
      };
      const switchModels = async (times: number) => {
        for (let i = 0; i < times; i++) await analyze(i % 2 === 0 ? copy : original, "Hello.");
      };
      let document = 0;
      const analyzeNext = () => {
        // Of many lengths, as documents are.
        const units = 1000 + ((document++ * 7919) % text.length);
        return analyze(original, text.slice(0, units));
      };
      const analyzeOften = async (times: number) => {
        for (let i = 0; i < times; i++) await analyzeNext();
      };
      const read = async (): Promise<Resident> => {
        const readings: Resident[] = [];
        for (let i = 0; i < READ_ANALYSES; i++) {
          const engineMb = await analyzeNext();
          globalThis.gc?.();
          readings.push({ host: process.memoryUsage.rss() / 2 ** 20, engine: engineMb });
        }
        return { host: median(readings.map(({ host }) => host)), engine: median(readings.map(({ engine }) => engine)) };
      };
      await switchModels(WARM_SWITCHES);
      await analyzeOften(WARM_ANALYSES);
      const start = await read();
      await analyzeOften(analyses / 2);
      const half = await read();
      await analyzeOften(analyses / 2);
      const analysed = await read();
      await switchModels(switches);
      await analyzeOften(WARM_ANALYSES);
      const end = await read();
      const row = (when: string, now: Resident) => ({
        when,
        "host MiB": Math.round(now.host),
        "engine MiB": Math.round(now.engine),
        "host growth": growth(start.host, now.host),
        "engine growth": growth(start.engine, now.engine),
      });
      console.table([
        row("at the start", start),
        row(`after ${analyses / 2} analyses`, half),
        row(`after ${analyses} analyses`, analysed),
        row(`after ${switches} model switches more`, end),
      ]);
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** In MiB. */
interface Resident {
  readonly host: number;
  readonly engine: number;
}

function growth(before: number, after: number): string {
  return `${((after / before - 1) * 100).toFixed(1)}%`;
}
