import type { PoNetConfig } from "../ponet/config";
import type { Step } from "../ponet/step";

/** 0 to 1: the share of a run's matrix products that are done after a step. */
export function progress(step: Step, { layers, hiddenSize, intermediateSize }: PoNetConfig, rows: number): number {
  if (step.kind === "done") return 1;
  if (step.kind === "embedded") return 0;
  // Of a layer's four products of [d, d] and two of [d, intermediate], its statistics take one.
  const statistics = hiddenSize / (4 * hiddenSize + 2 * intermediateSize);
  const done = step.kind === "merged" ? 1 : step.chunk.end / rows;
  const ofLayer = step.kind === "computed" ? statistics + (1 - statistics) * done : statistics * done;
  return (step.layer + ofLayer) / layers;
}
