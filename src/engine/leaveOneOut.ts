import { checkGpu } from "./checkLogits";
import type { Control } from "./control";
import type { TokenizedDocument } from "./document";
import { logitsOf } from "./logits";
import type { LoadedModel } from "./model";
import { leadOf, sequenceOf, type TokenRange } from "./sequence";

/** Neighbouring segments that are left out together. */
export interface SegmentRun {
  readonly firstSegment: number;
  /** One past the last. */
  readonly endSegment: number;
  readonly tokens: TokenRange;
}

/** Tokens that are read again to leave every segment out once, and the bounds of the number of readings. */
const TOKEN_BUDGET = 65_536;
const MIN_RUNS = 8;
const MAX_RUNS = 64;

/**
 * The runs of segments to leave out of a document: single segments where the budget allows, else short neighbours together,
 * and long ones by themselves.
 */
export function segmentRuns({ ids, tokenBounds }: Pick<TokenizedDocument, "ids" | "tokenBounds">): SegmentRun[] {
  const most = Math.min(MAX_RUNS, Math.max(MIN_RUNS, Math.floor(TOKEN_BUDGET / ids.length)));
  let runs = runsOf(tokenBounds, 0);
  for (let shortest = ids.length / most; runs.length > most; shortest *= 2) runs = runsOf(tokenBounds, shortest);
  return runs;
}

/** Segments in runs of at least `shortest` tokens, but for a run before a segment that is as long by itself, and the last. */
function runsOf(tokenBounds: TokenizedDocument["tokenBounds"], shortest: number): SegmentRun[] {
  const runs: SegmentRun[] = [];
  let first = 0;
  for (let end = 1; end < tokenBounds.length; end++) {
    const tokens: TokenRange = [tokenBounds[first] ?? 0, tokenBounds[end] ?? 0];
    const isLast = end + 1 === tokenBounds.length;
    const next = (tokenBounds[end + 1] ?? 0) - tokens[1];
    if (!isLast && tokens[1] - tokens[0] < shortest && next < shortest) continue;
    runs.push({ firstSegment: first, endSegment: end, tokens });
    first = end;
  }
  return runs;
}

/** A document that is read again without some of its tokens: what its logits lose by that. */
export class LeaveOneOut {
  /** [L] Of each head: what the exact network of an int8 one makes of the whole, once it was read for that. */
  private exactLogits: readonly Float32Array[] | undefined;

  constructor(
    private readonly document: TokenizedDocument,
    private readonly model: LoadedModel,
  ) {}

  /** Of all that is read for some ranges of tokens. */
  rows(leftOut: readonly TokenRange[]): number {
    const whole = this.document.ids.length + 2 * leadOf(this.model.checkpoint.config);
    return this.readings(leftOut).reduce((rows, [start, end]) => rows + whole - (end - start), 0);
  }

  /**
   * What goes with each of some ranges of tokens, in their order: for every head [L].
   * @param analysed [L] of each head: what the model made of the whole
   * @param part from where to where this goes in the whole analysis, 0 to 1
   * @throws CancelledError; Error as {@link checkGpu}
   */
  async *lost(
    leftOut: readonly TokenRange[],
    analysed: readonly Float32Array[],
    control: Control,
    part: readonly [number, number],
  ): AsyncGenerator<readonly Float32Array[], void, undefined> {
    if (leftOut.length === 0) return;
    const { model } = this;
    const { exact } = model;
    if (exact) control.meter.begin("loading", { part });
    const reader = exact ? { ...model, network: await exact() } : model;
    control.meter.begin("leavingOut", { part });
    const rows = this.rows(leftOut);
    const onRows = (done: number) => {
      // A document of bytes, without [CLS] and [SEP], has no rows left without its only segment.
      control.meter.advance(rows === 0 ? 1 : done / rows);
    };
    let whole = exact ? this.exactLogits : analysed;
    for await (const logits of logitsOf(this.sequences(leftOut), reader, control, onRows)) {
      checkGpu(logits, model.provider);
      if (whole) yield whole.map((all, head) => all.map((logit, l) => logit - (logits[head]?.[l] ?? 0)));
      else this.exactLogits = whole = logits;
    }
  }

  private *sequences(leftOut: readonly TokenRange[]) {
    for (const range of this.readings(leftOut)) yield sequenceOf(this.document, this.model.checkpoint.config, range);
  }

  /** Int8's rounding is larger than what a segment does: there the whole is read in float32 too, nothing left out. */
  private readings(leftOut: readonly TokenRange[]): readonly TokenRange[] {
    const lacksWhole = this.model.exact && !this.exactLogits && leftOut.length > 0;
    return lacksWhole ? [[0, 0], ...leftOut] : leftOut;
  }
}
