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
 * The runs of segments to leave out of a document: single segments where the budget allows, else neighbours together in
 * runs of about equal length.
 */
export function segmentRuns({ ids, tokenBounds }: Pick<TokenizedDocument, "ids" | "tokenBounds">): SegmentRun[] {
  const most = Math.min(MAX_RUNS, Math.max(MIN_RUNS, Math.floor(TOKEN_BUDGET / ids.length)));
  const shortest = tokenBounds.length - 1 > most ? ids.length / most : 0;
  const runs: SegmentRun[] = [];
  let first = 0;
  for (let end = 1; end < tokenBounds.length; end++) {
    const tokens: TokenRange = [tokenBounds[first] ?? 0, tokenBounds[end] ?? 0];
    const isLast = end + 1 === tokenBounds.length;
    if (!isLast && tokens[1] - tokens[0] < shortest) continue;
    runs.push({ firstSegment: first, endSegment: end, tokens });
    first = end;
  }
  return runs;
}

/** A document that is read again without each of some ranges of its tokens: what its logits lose by that. */
export class LeaveOneOut {
  private readonly readings: readonly TokenRange[];
  /** Of all readings. */
  readonly rows: number;

  constructor(
    private readonly document: TokenizedDocument,
    private readonly model: LoadedModel,
    leftOut: readonly TokenRange[],
  ) {
    const { ids } = document;
    const lead = leadOf(model.checkpoint.config);
    // Int8's rounding is larger than what a segment does: there the whole is read in float32 too, nothing left out.
    this.readings = model.exact && leftOut.length > 0 ? [[0, 0], ...leftOut] : leftOut;
    this.rows = this.readings.reduce((rows, [start, end]) => rows + ids.length + 2 * lead - (end - start), 0);
  }

  /**
   * What goes with each range, in their order: for every head [L].
   * @param analysed [L] of each head: what the model made of the whole
   * @param part from where to where this goes in the whole analysis, 0 to 1
   * @throws CancelledError
   */
  async *lost(
    analysed: readonly Float32Array[],
    control: Control,
    part: readonly [number, number],
  ): AsyncGenerator<readonly Float32Array[], void, undefined> {
    const { model, readings, rows } = this;
    if (readings.length === 0) return;
    const { exact } = model;
    let whole = exact ? undefined : analysed;
    if (exact) control.meter.begin("loading", { part });
    const reader = exact ? { ...model, network: await exact() } : model;
    control.meter.begin("leavingOut", { part });
    const onRows = (done: number) => {
      // A document of bytes, without [CLS] and [SEP], has no rows left without its only segment.
      control.meter.advance(rows === 0 ? 1 : done / rows);
    };
    for await (const logits of logitsOf(this.sequences(), reader, control, onRows)) {
      if (whole) yield whole.map((all, head) => all.map((logit, l) => logit - (logits[head]?.[l] ?? 0)));
      whole ??= logits;
    }
  }

  private *sequences() {
    for (const range of this.readings) yield sequenceOf(this.document, this.model.checkpoint.config, range);
  }
}
