import os from "node:os";
import { PROVIDER_NAMES } from "../analysis/figures";
import { cpuName } from "../engine/providers/cpuName";
import { CancelledError } from "../errors";
import type { ExecutionProvider } from "../ponet/provider";
import { Heat, type Entrant } from "./heat";
import { MODEL } from "./model";
import { TRIAL } from "./protocol";
import type { Measurement, Report } from "./report";

/** The paper's lengths; and those to which a mixing that is linear goes on. */
export const LENGTHS = [512, 1024, 2048, 4096, 8192, 16_384] as const;
export const LONG_LENGTHS = [32_768, 131_072, 1_048_576] as const;
export const ROUNDS = 5;

/** A driver may hang, and is not to keep the figures of all others. */
const TRIAL_MS = 60_000;

export interface Plan {
  readonly entrants: readonly Entrant[];
  readonly providers: readonly ExecutionProvider[];
  readonly lengths: readonly number[];
  readonly rounds: number;
}

export interface BenchmarkOptions {
  readonly signal?: AbortSignal;
  /** Is told what is measured, and which share of the tokens of the whole benchmark has been read. */
  readonly onProgress?: (what: string, fraction: number) => void;
  /** Is given what has been measured so far, a length after the other. */
  readonly onReport?: (report: Report) => void;
}

/**
 * Measures every entrant on every provider at every length, in processes of their own that take turns, so that what
 * else the machine does falls on all of them alike.
 * @throws CancelledError when `signal` aborts
 */
export async function benchmark(plan: Plan, { signal, onProgress, onReport }: BenchmarkOptions = {}): Promise<Report> {
  const { hiddenSize: width, layers, intermediateSize: intermediate, heads } = MODEL;
  const { rounds } = plan;
  const adapters: Partial<Record<ExecutionProvider, string>> = {};
  const runtimes = new Set<string>();
  const measurements: Measurement[] = [];

  const run = async (heat: Heat, tell: (what: string, fraction: number) => void): Promise<Measurement[]> => {
    const abort = () => {
      heat.kill();
    };
    signal?.addEventListener("abort", abort, { once: true });
    try {
      const results = await heat.run((what, fraction) => {
        if (signal?.aborted) throw new CancelledError();
        tell(what, fraction);
      });
      if (signal?.aborted) throw new CancelledError();
      return results;
    } finally {
      signal?.removeEventListener("abort", abort);
      heat.kill();
    }
  };

  const { working, leftOut } = await findProviders(plan, run, onProgress);
  const report = (whole: boolean): Report => ({
    date: new Date().toISOString(),
    machine: machine([...runtimes]),
    model: { width, layers, intermediate, heads },
    rounds,
    whole,
    adapters,
    leftOut,
    measurements: [...measurements],
  });
  const total = working.length * plan.lengths.reduce((sum, length) => sum + length, 0);
  let done = 0;
  for (const provider of working) {
    for (const length of plan.lengths) {
      const heat = new Heat(plan.entrants, { provider, length }, rounds);
      const results = await run(heat, (what, fraction) => onProgress?.(what, (done + fraction * length) / total));
      measurements.push(...results);
      for (const { runtime, adapter } of heat.ready) {
        runtimes.add(runtime);
        if (adapter !== undefined) adapters[provider] = adapter;
      }
      done += length;
      onReport?.(report(false));
    }
  }
  return report(true);
}

/** The providers on which the first entrant's program computes what it does on the CPU, and why not on the others. */
async function findProviders(
  { providers, entrants }: Plan,
  run: (heat: Heat, report: () => void) => Promise<Measurement[]>,
  onProgress: BenchmarkOptions["onProgress"],
) {
  const trials = entrants.slice(0, 1).map((entrant) => ({ ...entrant, name: TRIAL }));
  const working: ExecutionProvider[] = [];
  const leftOut: Partial<Record<ExecutionProvider, string>> = {};
  for (const provider of providers) {
    onProgress?.(`Trying ${PROVIDER_NAMES[provider]}`, 0);
    // It reads documents of its own.
    const heat = new Heat(trials, { provider, length: 1 }, 1);
    const late = new AbortController();
    const patience = setTimeout(() => {
      late.abort();
      heat.kill();
    }, TRIAL_MS);
    const [result] = await run(heat, () => undefined).finally(() => {
      clearTimeout(patience);
    });
    if (result?.failure === undefined) working.push(provider);
    else leftOut[provider] = late.signal.aborted ? "it does not answer" : result.failure;
  }
  return { working, leftOut };
}

function machine(runtimes: string[]): Report["machine"] {
  return {
    cpu: cpuName(os.cpus()),
    cores: os.cpus().length,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release().replace(/-.*/, "")}`,
    runtimes,
  };
}
