import type { ChildProcess } from "node:child_process";
import { count } from "../analysis/figures";
import { isCpu } from "../ponet/provider";
import { Contestant } from "./contestant";
import { median } from "./median";
import type { Configuration, Ready } from "./protocol";
import type { Measurement } from "./report";

/** What takes part in a benchmark. */
export interface Entrant {
  readonly name: string;
  readonly title: string;
  /** The longest sequence that it is to read: what its form allows, or what anybody has the memory and patience for. */
  readonly longest: number;
  /** Whether GPUs are measured without it. */
  readonly cpuOnly?: boolean;
  /** Starts its process, with piped standard input, output and error. */
  readonly launch: (configuration: Configuration) => ChildProcess;
}

/** All entrants at one length on one provider. */
export class Heat {
  readonly ready: Ready[] = [];
  private readonly contestants: Contestant[] = [];

  constructor(
    private readonly entrants: readonly Entrant[],
    private readonly where: Omit<Configuration, "name">,
    private readonly rounds: number,
  ) {}

  async run(onProgress: (what: string, fraction: number) => void): Promise<Measurement[]> {
    const { length, provider } = this.where;
    const entrants = this.entrants.filter(
      ({ longest, cpuOnly = false }) => longest >= length && (isCpu(provider) || !cpuOnly),
    );
    const steps = entrants.length * (this.rounds + 1);
    let step = 0;
    const results = entrants.map(({ name, title }): Measurement => ({
      provider,
      name,
      title,
      length,
      milliseconds: [],
    }));
    /** One entrant's failure is a result, and not the end of the others. */
    const attempt = async (i: number, act: (contestant: Contestant) => Promise<Partial<Measurement>>) => {
      const [result, contestant] = [results[i], this.contestants[i]];
      if (!result || !contestant || result.failure !== undefined) return;
      onProgress(`${result.title}, ${count(length)} tokens`, Math.min(1, step++ / steps));
      try {
        results[i] = { ...result, ...(await act(contestant)) };
      } catch (error) {
        // Of some of the rounds there is no median of all.
        const { name, title } = result;
        const failure = error instanceof Error ? error.message : String(error);
        results[i] = { provider, name, title, length, milliseconds: [], failure };
        contestant.kill();
      }
    };
    for (const [i, { name, launch }] of entrants.entries()) {
      const contestant = new Contestant(launch({ ...this.where, name }));
      this.contestants.push(contestant);
      await attempt(i, async () => {
        this.ready.push(await contestant.ready());
        return {};
      });
    }
    for (let round = 0; round < this.rounds; round++) {
      for (const i of entrants.keys()) {
        await attempt(i, async (contestant) => {
          const milliseconds = [...(results[i]?.milliseconds ?? []), await contestant.run()];
          return { milliseconds, tokensPerSecond: (1000 * length) / median(milliseconds) };
        });
      }
    }
    for (const i of entrants.keys()) await attempt(i, async (contestant) => ({ peakMb: await contestant.finish() }));
    return results;
  }

  kill(): void {
    for (const contestant of this.contestants) contestant.kill();
  }
}
