import { runProgram } from "../src/cli/program";
import { activation } from "./activation";
import { batches } from "./batches";
import { hold } from "./hold";
import { latency } from "./latency";
import { maps } from "./maps";
import { memory } from "./memory";
import { speed } from "./speed";
import { tokenizer } from "./tokenizer";

/** The benchmarks by name; each prints its own table. */
const BENCHMARKS: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  activation,
  batches,
  hold,
  latency,
  maps,
  memory,
  speed,
  tokenizer,
};

const USAGE = `usage: npm run bench -- [NAME] [ARGS]\n  NAME: ${Object.keys(BENCHMARKS).join(", ")}; speed unless named`;

runProgram(USAGE, async ([first = "speed", ...rest]) => {
  const [name, args] = first.startsWith("-") ? ["speed", [first, ...rest]] : [first, rest];
  const benchmark = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
  if (benchmark === undefined) return undefined;
  await benchmark(args);
  return 0;
});
