import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { benchmark, LENGTHS, LONG_LENGTHS, ROUNDS } from "../src/benchmark/benchmark";
import { entrants } from "../src/benchmark/entrants";
import { markdown } from "../src/benchmark/markdown";
import { gpuProviders } from "../src/engine/providers/candidates";
import { withMarked } from "../src/cli/marked";
import { oneOf } from "../src/cli/program";
import { checkWritable } from "../src/cli/writable";
import { torchEntrants } from "./torch";

const README = "README.md";

/**
 * Prints the paper's table 2 for inference on this machine: tokens per second and peak memory of PoNet and of what it is
 * compared with. `--long` goes on to a million tokens, where that is linear; `--provider P` leaves the others out;
 * `--json FILE` writes every time measured; `--readme` puts the tables into README.md.
 */
export async function speed(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: "string" },
      long: { type: "boolean", default: false },
      provider: { type: "string" },
      readme: { type: "boolean", default: false },
    },
  });
  if (values.json !== undefined) await checkWritable(values.json, "--json");
  const { provider } = values;
  const providers = ["cpu", ...gpuProviders()] as const;
  const report = await benchmark(
    {
      entrants: [...entrants(path.resolve("dist/benchmark.js")), ...(await torchEntrants())],
      providers: provider === undefined ? providers : [oneOf(providers, provider, "--provider")],
      lengths: values.long ? [...LENGTHS, ...LONG_LENGTHS] : LENGTHS,
      rounds: ROUNDS,
    },
    {
      onProgress: (what, fraction) => {
        console.error(`${(100 * fraction).toFixed(0)}% ${what}`);
      },
    },
  );
  const tables = markdown(report);
  console.log(tables);
  if (values.json !== undefined) await writeFile(values.json, JSON.stringify(report, undefined, 2));
  if (values.readme) {
    await writeFile(README, withMarked(await readFile(README, "utf8"), "bench", tables, README));
  }
}
