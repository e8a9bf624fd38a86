import type { Timings } from "../../analysis/analysis";

// What the host tells the panel's pages of how fast documents were read. Both ends import it.

/** What of it both ends keep: half an hour of reading, and more runs than anybody looks through. */
export const MOST_SAMPLES = 7200;
export const MOST_RUNS = 100;

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

/** What a page does not hold yet, and how much there is in all, so that it can tell what it holds. */
export interface ThroughputNews {
  readonly samples: readonly ThroughputSample[];
  readonly runs: readonly ThroughputRun[];
  readonly sampleCount: number;
  readonly runCount: number;
}
