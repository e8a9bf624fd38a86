import type { Explanation } from "../analysis/explanation";
import type { Control } from "./control";
import { logitsWithout } from "./leaveOneOut";
import type { LoadedModel } from "./model";
import type { ReadDocument } from "./readDocument";

/** Leaves out of a document each of some segments in turn: a reading of the whole rest for each. @throws CancelledError */
export async function explain(
  segments: readonly number[],
  { document, logits }: ReadDocument,
  model: LoadedModel,
  control: Control,
): Promise<Explanation> {
  const { heads } = model.checkpoint;
  const lost = heads.map(({ labels }) => new Float32Array(segments.length * labels));
  control.meter.begin("inferring");
  for (const [row, segment] of segments.entries()) {
    const [start = 0, end = start] = document.tokenBounds.subarray(segment, segment + 2);
    const without = await logitsWithout(document, [start, end], model, control);
    heads.forEach(({ labels }, head) => {
      const difference = logits[head]?.map((logit, l) => logit - (without[head]?.[l] ?? 0)) ?? [];
      lost[head]?.set(difference, row * labels);
    });
    control.meter.advance((row + 1) / segments.length);
  }
  return {
    segments,
    heads: heads.map(({ name, labelNames }, head) => ({
      name,
      labels: labelNames,
      lost: lost[head] ?? new Float32Array(),
    })),
  };
}
