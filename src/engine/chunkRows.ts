import { isCpu, type ExecutionProvider } from "../analysis/analysis";
import type { PoNetConfig } from "../ponet/config";

/** What lies in the caches of a CPU; twice or half as many rows take the same time, and a run is cancelled between them. */
const CPU_ROWS = 1024;

/** What WebGPU lets one buffer hold by default. */
const MAX_GPU_BUFFER_BYTES = 128 * 2 ** 20;

/** Rows of the widest tensor's runs that a segment maximum is first taken of. */
const TREE_WIDTH = 8;

/** The most rows that a provider is to compute together. */
export function chunkRows({ intermediateSize, hiddenSize }: PoNetConfig, provider: ExecutionProvider): number {
  if (isCpu(provider)) return CPU_ROWS;
  const widest = Math.max(intermediateSize, TREE_WIDTH * hiddenSize);
  return Math.floor(MAX_GPU_BUFFER_BYTES / (4 * widest)) - 2;
}
