import type { Part } from "../analysis/draft";
import type { Control } from "./control";
import type { TokenizedDocument } from "./document";
import { LeaveOneOut, segmentRuns } from "./leaveOneOut";
import type { LoadedModel } from "./model";
import { progress } from "./progress";
import type { ReadDocument } from "./readDocument";
import { sequenceOf } from "./sequence";
import { StepReader } from "./stepReader";

export interface InferOptions {
  /** Whether segments are left out for what they contribute to heads that are no mean heads. */
  readonly leavesOut?: boolean;
  /** Where this ends in the whole answer, 0 to 1. */
  readonly until?: number;
}

/**
 * Runs PoNet over a document, and gives to `add` what is found of its segments as it is found.
 * @returns what is kept of it; see {@link ReadDocument}
 */
export async function infer(
  document: TokenizedDocument,
  model: LoadedModel,
  control: Control,
  { leavesOut = false, until = 1 }: InferOptions,
  add: (part: Part) => void,
): Promise<Pick<ReadDocument, "layers" | "logits" | "rests">> {
  const { config, heads } = model.checkpoint;
  const sequence = sequenceOf(document, config);
  // What segments contribute to a head that is no mean head shows when they are left out.
  const runs = leavesOut && heads.some(({ kind }) => kind !== "mean") ? segmentRuns(document) : [];
  const leftOut = runs.map(({ tokens }) => tokens);
  const rests = new LeaveOneOut(document, model);
  const rows = sequence.ids.length;
  const readOnce = (until * rows) / (rows + rests.rows(leftOut));
  control.meter.begin("inferring", { part: [0, readOnce] });
  await control.pause();
  const reader = new StepReader(document, config, heads, add);
  for await (const step of model.network.run(sequence, model.chunkRows)) {
    reader.read(step);
    control.meter.advance(progress(step, config, rows));
    await control.pause();
  }
  for await (const lost of rests.lost(leftOut, reader.logits, control, [readOnce, until])) {
    const run = runs.shift();
    if (run) reader.leaveOut(run, lost);
  }
  return { layers: reader.layers, logits: reader.logits, rests };
}
