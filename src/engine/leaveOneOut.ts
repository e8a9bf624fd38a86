import { MeanHead } from "../analysis/meanHead";
import { SegmentSums } from "../analysis/segmentSums";
import { logitsName } from "../ponet/graphs";
import { output } from "../ponet/session";
import type { Control } from "./control";
import type { TokenizedDocument } from "./document";
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
export function segmentRuns({ ids, tokenBounds }: TokenizedDocument): SegmentRun[] {
  const wanted = Math.min(MAX_RUNS, Math.max(MIN_RUNS, Math.floor(TOKEN_BUDGET / ids.length)));
  const runs: SegmentRun[] = [];
  let first = 0;
  for (let end = 1; end < tokenBounds.length; end++) {
    const tokens: TokenRange = [tokenBounds[first] ?? 0, tokenBounds[end] ?? 0];
    const isLast = end + 1 === tokenBounds.length;
    if (!isLast && tokens[1] - tokens[0] < ids.length / wanted) continue;
    runs.push({ firstSegment: first, endSegment: end, tokens });
    first = end;
  }
  return runs;
}

/**
 * Every head's logits [L] of a document without some of its tokens, in the order of the model's heads; zeros where none
 * are left.
 */
export async function logitsWithout(
  document: TokenizedDocument,
  leftOut: TokenRange,
  { checkpoint, network, chunkRows }: Pick<LoadedModel, "checkpoint" | "network" | "chunkRows">,
  control: Pick<Control, "pause">,
): Promise<Float32Array[]> {
  const { config, heads } = checkpoint;
  const kept = document.ids.length - (leftOut[1] - leftOut[0]);
  if (kept === 0) return heads.map(({ labels }) => new Float32Array(labels));
  const whole = new SegmentSums(Uint32Array.of(0, kept));
  const readers = heads.map(({ labels }) => new MeanHead(whole, labels));
  let logits: Float32Array[] = [];
  for await (const step of network.run(sequenceOf(document, config, leftOut), chunkRows)) {
    if (step.kind === "computed" && step.layer === config.layers - 1) {
      for (const [i, head] of heads.entries()) {
        if (head.kind === "mean")
          readers[i]?.add(output(step.outputs, logitsName(head)), step.chunk.start - leadOf(config));
      }
    } else if (step.kind === "done") {
      logits = heads.map((head, i) =>
        head.kind === "mean"
          ? (readers[i]?.finish(1).logits ?? new Float32Array(head.labels))
          : output(step.outputs, logitsName(head)),
      );
    }
    await control.pause();
  }
  return logits;
}
