import { runProgram } from "../src/cli/program";
import { tokenizer } from "./tokenizer";

/** The benchmarks by name; each prints its own table. */
const BENCHMARKS: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = { tokenizer };

const USAGE = `usage: npm run bench -- NAME [ARGS]\n  NAME: ${Object.keys(BENCHMARKS).join(", ")}`;

runProgram(USAGE, async ([name = "", ...args]) => {
  const benchmark = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
  if (benchmark === undefined) return undefined;
  await benchmark(args);
  return 0;
});
