import type { PoNetConfig } from "../ponet/config";
import { RUN_TOKENS } from "../ponet/poolingTree";
import { isCpu, type ExecutionProvider } from "../ponet/provider";

/**
 * Fewer rows cost more time between runs, in which one core works, and more rows lie in no cache: 1,024 or 4,096 take 6 to 9%
 * longer (ponet-small, two cores). A run is cancelled between chunks.
 */
const CPU_ROWS = 1536;

/** What WebGPU lets one buffer hold by default. */
const MAX_GPU_BUFFER_BYTES = 128 * 2 ** 20;

/** The most rows that a provider is to compute together. */
export function chunkRows({ intermediateSize, hiddenSize }: PoNetConfig, provider: ExecutionProvider): number {
  if (isCpu(provider)) return CPU_ROWS;
  // Where every token is a segment, each fills a run of the pooling tree.
  const widest = Math.max(intermediateSize, RUN_TOKENS * hiddenSize);
  return Math.floor(MAX_GPU_BUFFER_BYTES / (4 * widest)) - 2;
}
