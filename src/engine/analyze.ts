import type { Analysis } from "../analysis/analysis";
import { addPart, draftOf } from "../analysis/draft";
import { segment } from "../document/segment";
import type { Control } from "./control";
import { checkText, tokenizeText } from "./document";
import { infer } from "./infer";
import type { LoadedModel } from "./model";
import type { AnalyzeRequest } from "./protocol";

/**
 * The one way a text becomes an Analysis: segment, tokenize, run PoNet, gather.
 * @throws UserError when the text cannot be classified; CancelledError.
 */
export async function analyze(request: AnalyzeRequest, model: LoadedModel, control: Control): Promise<Analysis> {
  const { text, name, segmentation } = request;
  const { checkpoint } = model;
  const { meter } = control;
  checkText(text, name);
  meter.begin("segmenting");
  const segmented = segment(text, segmentation);
  meter.begin("tokenizing");
  const document = tokenizeText(text, name, segmented, checkpoint.tokenizer);
  meter.tokens = document.ids.length;
  meter.begin("inferring");
  await control.pause();
  const draft = draftOf({
    model: checkpoint.id,
    provider: model.provider,
    adapter: model.adapter,
    trials: model.trials,
    triedNow: model.triedNow,
    segmentation,
    tokens: document.ids.length,
    layers: checkpoint.config.layers,
    heads: checkpoint.heads.map(({ name, labelNames, threshold, kind }) => ({
      name,
      labels: labelNames,
      threshold,
      contributionKind: kind === "mean" ? "additive" : "leave-one-out",
    })),
    bounds: document.bounds,
    segmentTokens: document.tokenBounds.slice(1).map((end, k) => end - (document.tokenBounds[k] ?? 0)),
  });
  await infer(document, model, control, (part) => {
    addPart(draft, part);
  });
  // The resource usage counts KiB.
  return { ...draft, timings: meter.stop(), peakRssMb: process.resourceUsage().maxRSS / 1024 };
}
