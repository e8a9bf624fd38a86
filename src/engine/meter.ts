import { performance } from "node:perf_hooks";
import type { Timings } from "../analysis/analysis";
import type { Finding } from "../analysis/draft";
import { tokensPerSecond } from "../analysis/figures";
import type { Phase, Progress } from "./protocol";

/** Reports within a phase are at least this far apart; the host has other things to do. */
const REPORT_INTERVAL_MS = 100;

const MIB = 2 ** 20;

interface Span {
  readonly start: number;
  end?: number;
}

/** What is known of a phase when it begins. */
interface Beginning extends Pick<Progress, "trying" | "provider"> {
  /** From where to where it goes in the whole analysis, 0 to 1; absent: the others take so little time that it is the whole. */
  readonly part?: readonly [number, number];
}

/** The clock of one analysis: how long each phase took, how fast it goes and how long it will take yet. */
export class Meter {
  private readonly spans = new Map<Phase, Span>();
  private phase: Phase = "loading";
  private part: readonly [number, number] = [0, 1];
  private fraction = 0;
  private reportedAt = -Infinity;
  /** Text tokens of the document; 0 until they are counted. */
  tokens = 0;

  private findings: Finding[] = [];

  /** @param report is told where the analysis stands, and what was found since the report before. */
  constructor(private readonly report: (progress: Progress, findings: readonly Finding[]) => void) {}

  /** Keeps what was found for the next report. */
  found(finding: Finding): void {
    this.findings.push(finding);
  }

  /** Begins a phase, which ends the one before it. */
  begin(phase: Phase, { part = [0, 1], ...details }: Beginning = {}): void {
    const now = performance.now();
    this.close(now);
    this.spans.set(phase, { start: now });
    this.phase = phase;
    this.part = part;
    this.fraction = 0;
    this.send(now, details);
  }

  /** @param fraction 0 to 1 of the phase under way; its end is always reported. */
  advance(fraction: number): void {
    this.fraction = fraction;
    const now = performance.now();
    if (fraction === 1 || now - this.reportedAt >= REPORT_INTERVAL_MS) this.send(now);
  }

  /** Ends the last phase. The time to load a model is not the document's, and not part of the total. */
  stop(): Timings {
    const now = performance.now();
    this.close(now);
    // The answer has none of what was found.
    if (this.findings.length > 0) this.send(now);
    const [segmentMs, tokenizeMs, inferMs] = [this.ms("segmenting"), this.ms("tokenizing"), this.ms("inferring")];
    const leaveOutMs = this.spans.has("leavingOut") ? this.ms("leavingOut") : undefined;
    const onceMs = segmentMs + tokenizeMs + inferMs;
    return {
      ...{ segmentMs, tokenizeMs, inferMs },
      ...(leaveOutMs !== undefined && { leaveOutMs }),
      totalMs: onceMs + (leaveOutMs ?? 0),
      tokensPerSecond: (this.tokens / onceMs) * 1000,
    };
  }

  private close(now: number): void {
    const span = this.spans.get(this.phase);
    if (span) span.end ??= now;
  }

  private ms(phase: Phase, now = performance.now()): number {
    const span = this.spans.get(phase);
    return span ? (span.end ?? now) - span.start : 0;
  }

  private send(now: number, details: Pick<Progress, "trying" | "provider"> = {}): void {
    this.reportedAt = now;
    const { phase, findings } = this;
    const [from, to] = this.part;
    const done = this.fraction * (to - from);
    const remaining = done > 0 ? (this.ms(phase, now) * (1 - from - done)) / done : undefined;
    this.findings = [];
    const progress = {
      phase,
      fraction: from + done,
      tokensPerSecond: this.speeds(now),
      ...(remaining !== undefined && { timeRemainingMs: remaining }),
      rssMb: process.memoryUsage.rss() / MIB,
      ...details,
    };
    this.report(progress, findings);
  }

  private speeds(now: number): Progress["tokensPerSecond"] {
    const speed = (phase: Phase, share: number) => {
      const perSecond = tokensPerSecond(this.tokens * share, this.ms(phase, now));
      return perSecond ? { [phase]: perSecond } : {};
    };
    if (!this.spans.has("inferring")) return {};
    return {
      ...speed("segmenting", 1),
      ...speed("tokenizing", 1),
      ...speed("inferring", this.phase === "inferring" ? this.fraction : 1),
    };
  }
}
