import type { Timings } from "../../analysis/analysis";

// What the host tells the panel's pages of how fast documents were read. Both ends import it.

/** What of it both ends keep: half an hour of reading, and more runs than anybody looks through. */
const MOST_SAMPLES = 7200;
const MOST_RUNS = 100;

/** Text tokens per second of each phase at one moment; without figures, the end of a run. */
export interface ThroughputSample {
  /** Seconds of reading since the editor started; the time between runs is left out. */
  readonly seconds: number;
  readonly segment?: number | undefined;
  readonly tokenize?: number | undefined;
  readonly infer?: number | undefined;
  /** Resident memory of the engine process, in MiB. */
  readonly rssMb?: number;
}

/** A document that was read to its end. */
export interface ThroughputRun {
  readonly name: string;
  readonly tokens: number;
  readonly timings: Timings;
  readonly peakRssMb: number;
}

/** What became known at one moment, or all that is kept; the latest is the last. */
export interface ThroughputNews {
  readonly samples: readonly ThroughputSample[];
  readonly runs: readonly ThroughputRun[];
}

/** What is kept before anything was read. */
export const NO_THROUGHPUT: ThroughputNews = { samples: [], runs: [] };

/** What is kept once there is news; what is too old is dropped. */
export function withNews(kept: ThroughputNews, news: ThroughputNews): ThroughputNews {
  return {
    samples: [...kept.samples, ...news.samples].slice(-MOST_SAMPLES),
    runs: [...kept.runs, ...news.runs].slice(-MOST_RUNS),
  };
}
