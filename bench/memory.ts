import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { DEFAULT_MODEL, modelArgument, withEngine } from "../src/cli/engine";
import type { EngineClient } from "../src/engine/client";

/** Before the first reading of the memory: until then caches fill. */
const WARM_SWITCHES = 5;
const WARM_ANALYSES = 50;

/**
 * Prints the resident memory of the host and of its engine process before and after many model switches and many
 * analyses: neither is to have grown by more than a tenth.
 *
 * @param args Switches (200) and analyses (2,000).
 */
export async function memory(args: readonly string[]): Promise<void> {
  const [switches = 200, analyses = 2000] = args.map(Number);
  const text = await readFile("test/fixtures/workspace/sample.txt", "utf8");
  const original = await modelArgument(DEFAULT_MODEL);
  const folder = await mkdtemp(path.join(os.tmpdir(), "ponet-memory-"));
  const copy = path.join(folder, DEFAULT_MODEL);
  await cp(original, copy, { recursive: true });
  try {
    await withEngine(async (engine) => {
      const analyze = (modelFolder: string, content: string) =>
        engine.analyze({ name: "sample", provider: "cpu", segmentation: "paragraph", modelFolder, text: content });
      const switchModels = async (times: number) => {
        for (let i = 0; i < times; i++) await analyze(i % 2 === 0 ? copy : original, "Hello.");
      };
      const analyzeOften = async (times: number) => {
        // Of many lengths, as documents are.
        for (let i = 0; i < times; i++) await analyze(original, text.slice(0, 1000 + ((i * 7919) % text.length)));
      };
      await switchModels(WARM_SWITCHES);
      await analyzeOften(WARM_ANALYSES);
      const start = await resident(engine);
      await analyzeOften(analyses);
      const analysed = await resident(engine);
      await switchModels(switches);
      await analyzeOften(WARM_ANALYSES);
      const end = await resident(engine);
      const row = (when: string, now: Resident) => ({
        when,
        "host MiB": now.host,
        "engine MiB": now.engine,
        "host growth": growth(start.host, now.host),
        "engine growth": growth(start.engine, now.engine),
      });
      console.table([
        row("at the start", start),
        row(`after ${analyses} analyses`, analysed),
        row(`after ${switches} model switches more`, end),
      ]);
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Resident {
  readonly host: number;
  readonly engine: number;
}

async function resident({ pid }: EngineClient): Promise<Resident> {
  globalThis.gc?.();
  const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20);
  return { host: mebibytes(process.memoryUsage().rss), engine: mebibytes(await residentBytes(pid ?? 0)) };
}

/** Of another process; `ps` counts KiB. */
async function residentBytes(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout) * 1024;
}

function growth(before: number, after: number): string {
  return `${((after / before - 1) * 100).toFixed(1)}%`;
}
