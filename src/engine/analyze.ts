import { performance } from "node:perf_hooks";
import type { Analysis } from "../analysis/analysis";
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
  checkText(text, name);
  const started = performance.now();
  control.report({ phase: "segmenting", fraction: 0 });
  const segmented = segment(text, segmentation);
  const segmentedAt = performance.now();
  control.report({ phase: "tokenizing", fraction: 0 });
  const document = tokenizeText(text, name, segmented, model.checkpoint.tokenizer);
  const tokenizedAt = performance.now();
  control.report({ phase: "inferring", fraction: 0 });
  await control.pause();
  const inferred = await infer(document, model, control);
  const finished = performance.now();

  const tokens = document.ids.length;
  const totalMs = finished - started;
  return {
    model: model.checkpoint.id,
    provider: model.provider,
    providerNotes: model.notes,
    segmentation,
    tokens,
    windows: inferred.windows,
    heads: inferred.heads,
    bounds: document.bounds,
    segmentTokens: document.tokenBounds.slice(1).map((end, k) => end - (document.tokenBounds[k] ?? 0)),
    pooling: inferred.pooling,
    timings: {
      segmentMs: segmentedAt - started,
      tokenizeMs: tokenizedAt - segmentedAt,
      inferMs: finished - tokenizedAt,
      totalMs,
      tokensPerSecond: (tokens / totalMs) * 1000,
    },
    // The resource usage counts KiB.
    peakRssMb: process.resourceUsage().maxRSS / 1024,
  };
}
