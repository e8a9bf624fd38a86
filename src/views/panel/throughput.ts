import type * as vscode from "vscode";
import type { Timings } from "../../analysis/analysis";
import { tokensPerSecond } from "../../analysis/figures";
import { documentName } from "../../editor/documentName";
import type { Analyses, Running } from "../../readings/analyses";
import type { Reading } from "../../readings/reading";
import {
  NO_THROUGHPUT,
  withNews,
  type ThroughputNews,
  type ThroughputRun,
  type ThroughputSample,
} from "./throughputNews";

/** Samples of a run are at least this far apart. */
const INTERVAL_MS = 250;

/** What a pause counts as at most, so that those who read a document an hour see more than needles. */
const MOST_PAUSE_MS = 1000;

/** How fast documents were read since the editor started; what is too old is dropped. */
export class Throughput implements vscode.Disposable {
  private readonly subscription: vscode.Disposable;
  /** The documents that are being read, each with the last that is known of its run. */
  private readonly under = new Map<string, Running>();
  private known = NO_THROUGHPUT;
  private isWithinRun = false;
  private seconds = 0;
  private sampledAt = -Infinity;

  /** @param tell Receives what becomes known, of whichever document. */
  constructor(
    analyses: Analyses,
    private readonly tell: (news: ThroughputNews) => void,
  ) {
    this.subscription = analyses.onDidChange((uri) => {
      const { running, reading } = analyses.get(uri) ?? {};
      if (running) this.follow(uri, running);
      else this.end(uri, reading);
    });
  }

  /** All that has been told, but for what is too old. */
  get kept(): ThroughputNews {
    return this.known;
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private follow(uri: vscode.Uri, running: Running): void {
    this.under.set(uri.toString(), running);
    const { tokensPerSecond: { segmenting, tokenizing, inferring } = {}, rssMb } = running;
    if (inferring === undefined || rssMb === undefined || performance.now() - this.sampledAt < INTERVAL_MS) return;
    const sample = this.sample({ segment: segmenting, tokenize: tokenizing, infer: inferring, rssMb });
    this.record({ samples: [sample], runs: [] });
  }

  private end(uri: vscode.Uri, reading: Reading | undefined): void {
    const running = this.under.get(uri.toString());
    if (!running) return;
    this.under.delete(uri.toString());
    const samples: ThroughputSample[] = [];
    const runs: ThroughputRun[] = [];
    if (reading?.id === running.read.id) {
      const { tokens, timings, peakRssMb } = reading.analysis;
      const { rssMb } = running;
      samples.push(this.sample({ ...speeds(tokens, timings), ...(rssMb !== undefined && { rssMb }) }));
      runs.push({ name: documentName(uri), tokens, timings, peakRssMb });
    }
    if (this.isWithinRun) this.record({ samples: [...samples, this.sample({})], runs });
    this.isWithinRun = false;
  }

  private sample(figures: Omit<ThroughputSample, "seconds">): ThroughputSample {
    const now = performance.now();
    this.seconds += Math.min(now - this.sampledAt, MOST_PAUSE_MS) / 1000;
    this.sampledAt = now;
    this.isWithinRun = true;
    return { seconds: this.seconds, ...figures };
  }

  private record(news: ThroughputNews): void {
    this.known = withNews(this.known, news);
    this.tell(news);
  }
}

function speeds(tokens: number, { segmentMs, tokenizeMs, inferMs }: Timings): Omit<ThroughputSample, "seconds"> {
  const speed = (ms: number) => tokensPerSecond(tokens, ms);
  return { segment: speed(segmentMs), tokenize: speed(tokenizeMs), infer: speed(inferMs) };
}
