import type * as vscode from "vscode";
import type { Timings } from "../../analysis/analysis";
import { documentName } from "../../editor/documentName";
import type { Analyses, DocumentState, Running } from "../../readings/analyses";
import { Ring } from "./ring";
import {
  MOST_RUNS,
  MOST_SAMPLES,
  type ThroughputNews,
  type ThroughputRun,
  type ThroughputSample,
} from "./throughputNews";

/** Samples of a run are at least this far apart. */
const INTERVAL_MS = 250;

/** What a pause counts as at most, so that those who read a document an hour see more than needles. */
const MOST_PAUSE_MS = 1000;

/** What is known of a document that is being read. */
interface Under {
  /** The reading that it had before. */
  readonly before: number | undefined;
  /** The engine's memory, as it last said. */
  readonly rssMb: number | undefined;
}

/** How fast documents were read since the editor started; what is too old is dropped. */
export class Throughput implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  private readonly samples = new Ring<ThroughputSample>(MOST_SAMPLES);
  private readonly runs = new Ring<ThroughputRun>(MOST_RUNS);
  /** The documents that are being read. */
  private readonly under = new Map<string, Under>();
  private isWithinRun = false;
  private seconds = 0;
  private sampledAt = 0;

  constructor(analyses: Analyses) {
    this.subscription = analyses.onDidChange((uri) => {
      const state = analyses.get(uri);
      if (state?.running) this.follow(state, state.running);
      else if (this.under.has(uri.toString())) this.end(uri, state);
    });
  }

  /** What a page does not hold that was told of so many samples and runs. */
  since(samples: number, runs: number): ThroughputNews {
    return {
      samples: this.samples.since(samples),
      runs: this.runs.since(runs),
      sampleCount: this.samples.count,
      runCount: this.runs.count,
    };
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private follow({ uri, reading }: DocumentState, { tokensPerSecond = {}, rssMb }: Running): void {
    const { before } = this.under.get(uri.toString()) ?? { before: reading?.id };
    this.under.set(uri.toString(), { before, rssMb });
    const { segmenting, tokenizing, inferring } = tokensPerSecond;
    if (inferring === undefined || rssMb === undefined || performance.now() - this.sampledAt < INTERVAL_MS) return;
    this.sample({ segment: segmenting, tokenize: tokenizing, infer: inferring, rssMb });
  }

  private end(uri: vscode.Uri, state: DocumentState | undefined): void {
    const { before, rssMb } = this.under.get(uri.toString()) ?? {};
    this.under.delete(uri.toString());
    const { reading } = state ?? {};
    if (reading && reading.id !== before) {
      const { tokens, timings, peakRssMb } = reading.analysis;
      this.sample({ ...speeds(tokens, timings), ...(rssMb !== undefined && { rssMb }) });
      this.runs.push({ name: documentName(uri), tokens, timings, peakRssMb });
    }
    if (this.isWithinRun) this.sample({});
    this.isWithinRun = false;
  }

  private sample(figures: Omit<ThroughputSample, "seconds">): void {
    const now = performance.now();
    this.seconds += Math.min(now - this.sampledAt, MOST_PAUSE_MS) / 1000;
    this.sampledAt = now;
    this.isWithinRun = true;
    this.samples.push({ seconds: this.seconds, ...figures });
  }
}

function speeds(tokens: number, { segmentMs, tokenizeMs, inferMs }: Timings): Omit<ThroughputSample, "seconds"> {
  const speed = (ms: number): number | undefined => (ms > 0 ? (tokens * 1000) / ms : undefined);
  return { segment: speed(segmentMs), tokenize: speed(tokenizeMs), infer: speed(inferMs) };
}
