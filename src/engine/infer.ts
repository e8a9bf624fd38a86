import type { HeadAnalysis, PoolingMaps } from "../analysis/analysis";
import { ClsHead } from "../analysis/clsHead";
import { MeanHead } from "../analysis/meanHead";
import { PoolingSums } from "../analysis/poolingSums";
import { SegmentSums } from "../analysis/segmentSums";
import { logitsOf, statisticsOf, type Outputs } from "../ponet/classifier";
import type { Control } from "./control";
import type { TokenizedDocument } from "./document";
import { segmentRuns } from "./leaveOneOut";
import type { LoadedModel } from "./model";
import { maxPassTokens, window, windows, type Window } from "./windows";

/** What the passes over a document found. */
export interface Inferred {
  readonly heads: readonly HeadAnalysis[];
  readonly pooling: PoolingMaps;
  readonly windows: number;
}

/** Runs PoNet over a document, in one pass where it fits, else in windows whose results are combined by length. */
export async function infer(document: TokenizedDocument, model: LoadedModel, control: Control): Promise<Inferred> {
  const { config, heads } = model.checkpoint;
  const segments = new SegmentSums(document.tokenBounds);
  const pooling = new PoolingSums(config.layers, segments);
  const readers = heads.map((head) => {
    const reader = new (head.kind === "mean" ? MeanHead : ClsHead)(head.name, head.labelNames, segments);
    return { head, reader };
  });
  const passes = windows(document, config, maxPassTokens(config, model.provider !== "cpu"));
  for (const pass of passes) {
    const outputs = await model.session.run(pass.batch);
    for (let layer = 0; layer < config.layers; layer++) {
      pooling.add(layer, statisticsOf(outputs, layer, config), pass);
    }
    for (const { head, reader } of readers) reader.add(logitsOf(outputs, head), pass);
    control.meter.advance(pass.end / document.ids.length);
    await control.pause();
    const clsHeads = readers.flatMap(({ head, reader }) => (reader instanceof ClsHead ? [{ head, reader }] : []));
    if (clsHeads.length > 0) await leaveOut(document, model, pass, outputs, clsHeads, control);
  }
  return {
    heads: readers.map(({ head, reader }) => ({ ...reader.result(), threshold: head.threshold })),
    pooling: pooling.maps(),
    windows: passes.length,
  };
}

async function leaveOut(
  document: TokenizedDocument,
  model: LoadedModel,
  pass: Window,
  outputs: Outputs,
  clsHeads: readonly { readonly head: LoadedModel["checkpoint"]["heads"][number]; readonly reader: ClsHead }[],
  control: Control,
): Promise<void> {
  for (const run of segmentRuns(document, pass.start, pass.end)) {
    const without = await model.session.run(
      window(document, model.checkpoint.config, pass.start, pass.end, run.tokens).batch,
    );
    for (const { head, reader } of clsHeads)
      reader.leaveOut(logitsOf(outputs, head), logitsOf(without, head), pass, run);
    await control.pause();
  }
}
