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
  control.meter.begin("inferring");
  const network = await model.exact();
  const exact = { ...model, network };
  const whole = network === model.network ? logits : await logitsWithout(document, [0, 0], exact, control);
  const lost = heads.map(({ labels }) => new Float32Array(segments.length * labels));
  for (const [row, segment] of segments.entries()) {
    const [start = 0, end = start] = document.tokenBounds.subarray(segment, segment + 2);
    const without = await logitsWithout(document, [start, end], exact, control);
    heads.forEach(({ labels }, head) => {
      const difference = whole[head]?.map((logit, l) => logit - (without[head]?.[l] ?? 0)) ?? [];
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
