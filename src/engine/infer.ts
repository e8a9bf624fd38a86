import type { Part } from "../analysis/draft";
import type { PoNetConfig } from "../ponet/config";
import type { LayerSummary, Step } from "../ponet/step";
import type { Control } from "./control";
import type { TokenizedDocument } from "./document";
import { logitsWithout, segmentRuns } from "./leaveOneOut";
import type { LoadedModel } from "./model";
import { sequenceOf } from "./sequence";
import { StepReader } from "./stepReader";

/**
 * Runs PoNet over a document, and gives to `add` what is found of its segments as it is found.
 * @returns what each layer took from the whole document
 */
export async function infer(
  document: TokenizedDocument,
  model: LoadedModel,
  control: Control,
  add: (part: Part) => void,
): Promise<readonly LayerSummary[]> {
  const { config, heads } = model.checkpoint;
  const sequence = sequenceOf(document, config);
  // What a segment contributes to a head that is no mean head shows when it is left out.
  const runs = heads.every(({ kind }) => kind === "mean") ? [] : segmentRuns(document);
  const readings = 1 + runs.length;
  const reader = new StepReader(document, config, heads, add);
  for await (const step of model.network.run(sequence, model.chunkRows)) {
    reader.read(step);
    control.meter.advance(progress(step, config, sequence.ids.length) / readings);
    await control.pause();
  }
  for (const [i, run] of runs.entries()) {
    reader.leaveOut(run, await logitsWithout(document, run.tokens, model, control));
    control.meter.advance((2 + i) / readings);
  }
  return reader.summaries;
}

/** 0 to 1: the share of a run's matrix products that are done after a step. */
function progress(step: Step, { layers, hiddenSize, intermediateSize }: PoNetConfig, rows: number): number {
  if (step.kind === "done") return 1;
  if (step.kind === "embedded") return 0;
  // Of a layer's four products of [d, d] and two of [d, intermediate], its statistics take one.
  const statistics = hiddenSize / (4 * hiddenSize + 2 * intermediateSize);
  const done = step.kind === "merged" ? 1 : step.chunk.end / rows;
  const ofLayer = step.kind === "computed" ? statistics + (1 - statistics) * done : statistics * done;
  return (step.layer + ofLayer) / layers;
}
