import type { Outline } from "../analysis/draft";
import { segment } from "../document/segment";
import { checkLogits } from "./checkLogits";
import type { Control } from "./control";
import { checkText, tokenizeText } from "./document";
import { doubtOf } from "./doubt";
import { infer, type InferOptions } from "./infer";
import type { LoadedModel } from "./model";
import { peakMemoryMb } from "./peakMemory";
import type { Questions, Request } from "./protocol";
import type { ReadDocument } from "./readDocument";

/**
 * The one way a text becomes an Analysis: segment, tokenize, run PoNet. The control's meter is given what is found.
 * @throws UserError when the text cannot be classified; CancelledError.
 */
export async function analyze(
  request: Request<"analyze">,
  model: LoadedModel,
  control: Control,
  options: InferOptions = {},
): Promise<{ readonly answer: Questions["analyze"]["answer"]; readonly read: ReadDocument }> {
  const { text, name, segmentation, start = 0 } = request;
  const { checkpoint } = model;
  const { meter } = control;
  checkText(text, name);
  meter.begin("segmenting");
  const segmented = segment(text, segmentation);
  meter.begin("tokenizing");
  const document = tokenizeText(text, name, segmented, model.tokenizer);
  meter.tokens = document.ids.length;
  const doubt = doubtOf(text, document.ids, checkpoint);
  const outline: Outline = {
    model: checkpoint.id,
    modelKey: model.modelKey,
    provider: model.provider,
    adapter: model.adapter,
    trials: model.trials,
    segmentation,
    tokens: document.ids.length,
    layers: checkpoint.config.layers,
    heads: checkpoint.heads.map(({ name, labelNames, threshold, temperature, segmentTemperature, kind }) => ({
      name,
      labels: labelNames,
      threshold,
      doubt,
      temperature,
      segmentTemperature,
      contributionKind: kind === "mean" ? "additive" : "leave-one-out",
    })),
    bounds: document.bounds.map((offset) => offset + start),
    segmentTokens: document.tokenBounds.slice(1).map((end, k) => end - (document.tokenBounds[k] ?? 0)),
  };
  meter.found({ kind: "outline", outline });
  const inferred = await infer(document, model, control, options, (part) => {
    meter.found(part);
  });
  checkLogits(inferred.logits, model.provider, request.modelFolder, name);
  return {
    answer: { timings: meter.stop(), peakRssMb: peakMemoryMb() },
    read: { text, segmentation, document, ...inferred },
  };
}
