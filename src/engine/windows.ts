import type { PoNetConfig } from "../ponet/config";
import type { Batch } from "../ponet/inputs";
import type { TokenizedDocument } from "./document";

/** Text tokens one pass may hold on the CPU. */
const MAX_CPU_TOKENS = 131_072;

/** What WebGPU lets one buffer hold by default; the feed-forward layer's [tokens, intermediate] floats are the largest. */
const MAX_GPU_BUFFER_BYTES = 128 * 2 ** 20;

/** A run of a document's tokens that is read in one pass. */
export interface Window {
  /** Tokens from `start` up to `end`. */
  readonly start: number;
  readonly end: number;
  /** The first segment with a token in the window. */
  readonly firstSegment: number;
  readonly batch: Batch;
}

/** Text tokens that one pass on this kind of provider can hold. */
export function maxPassTokens({ intermediateSize }: PoNetConfig, onGpu: boolean): number {
  const gpuTokens = Math.floor(MAX_GPU_BUFFER_BYTES / (4 * intermediateSize)) - 2;
  return onGpu ? Math.min(MAX_CPU_TOKENS, gpuTokens) : MAX_CPU_TOKENS;
}

/** The fewest windows of at most `maxTokens` and nearly equal length; one where the document fits into one pass. */
export function windows(document: TokenizedDocument, config: PoNetConfig, maxTokens: number): Window[] {
  const total = document.ids.length;
  const count = Math.ceil(total / maxTokens);
  return Array.from({ length: count }, (_, i) =>
    window(document, config, Math.floor((i * total) / count), Math.floor(((i + 1) * total) / count)),
  );
}

/**
 * `[CLS] tokens [SEP]`, with [CLS] as segment 0, the text's segments from 1 on and [SEP] as the last. A model without
 * special tokens has padding in their places, so that the rows of a pass are the same for every model.
 * @param leftOut Tokens from the first up to the second number are left out.
 */
export function window(
  document: TokenizedDocument,
  config: PoNetConfig,
  start: number,
  end: number,
  leftOut: readonly [number, number] = [end, end],
): Window {
  const { ids, tokenBounds } = document;
  const kept = end - start - (leftOut[1] - leftOut[0]);
  const windowIds = new Int32Array(kept + 2);
  windowIds.set(ids.subarray(start, leftOut[0]), 1);
  windowIds.set(ids.subarray(leftOut[1], end), 1 + leftOut[0] - start);
  windowIds[0] = config.special?.cls ?? 0;
  windowIds[kept + 1] = config.special?.sep ?? 0;

  const firstSegment = segmentOf(tokenBounds, start);
  const segmentIds = new Int32Array(kept + 2);
  let segment = firstSegment;
  let at = 1;
  for (let token = start; token < end; token++) {
    while (token >= (tokenBounds[segment + 1] ?? Infinity)) segment++;
    if (token < leftOut[0] || token >= leftOut[1]) segmentIds[at++] = 1 + segment - firstSegment;
  }
  segmentIds[at] = 2 + segment - firstSegment;
  const mask = config.special ? undefined : new Uint8Array(kept + 2).fill(1, 1, kept + 1);
  const batch = { batch: 1, length: kept + 2, ids: windowIds, segmentIds, ...(mask && { mask }) };
  return { start, end, firstSegment, batch };
}

/** The segment that holds a token, by binary search. */
function segmentOf(tokenBounds: Uint32Array, token: number): number {
  let low = 0;
  let high = tokenBounds.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((tokenBounds[middle] ?? 0) <= token) low = middle;
    else high = middle;
  }
  return low;
}
