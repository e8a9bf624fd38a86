import type { Analysis } from "../analysis/analysis";
import { addPart, draftOf, type Outline } from "../analysis/draft";
import { segment } from "../document/segment";
import { checkLogits } from "./checkLogits";
import type { Control } from "./control";
import { checkText, tokenizeText } from "./document";
import { infer } from "./infer";
import type { LoadedModel } from "./model";
import { peakMemoryMb } from "./peakMemory";
import type { TextRequest } from "./protocol";
import type { ReadDocument } from "./readDocument";

/**
 * The one way a text becomes an Analysis: segment, tokenize, run PoNet, gather.
 * @throws UserError when the text cannot be classified; CancelledError.
 */
export async function analyze(
  request: TextRequest,
  model: LoadedModel,
  control: Control,
): Promise<{ readonly analysis: Analysis; readonly read: ReadDocument }> {
  const { text, name, segmentation } = request;
  const { checkpoint } = model;
  const { meter } = control;
  checkText(text, name);
  meter.begin("segmenting");
  const segmented = segment(text, segmentation);
  meter.begin("tokenizing");
  const document = tokenizeText(text, name, segmented, model.tokenizer);
  meter.tokens = document.ids.length;
  meter.begin("inferring");
  await control.pause();
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
      temperature,
      segmentTemperature,
      contributionKind: kind === "mean" ? "additive" : "leave-one-out",
    })),
    bounds: document.bounds,
    segmentTokens: document.tokenBounds.slice(1).map((end, k) => end - (document.tokenBounds[k] ?? 0)),
  };
  const draft = draftOf(outline);
  meter.found({ kind: "outline", outline });
  const summaries = await infer(document, model, control, (part) => {
    addPart(draft, part);
    meter.found(part);
  });
  const logits = draft.heads.map((head) => head.logits);
  checkLogits(logits, model.provider, request.modelFolder, name);
  return {
    analysis: { ...draft, timings: meter.stop(), peakRssMb: peakMemoryMb() },
    read: { text, segmentation, document, summaries, logits },
  };
}
