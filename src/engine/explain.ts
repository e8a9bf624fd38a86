import type { Explanation } from "../analysis/explanation";
import type { Control } from "./control";
import { rowsWithoutEach, withoutEach } from "./leaveOneOut";
import { logitsOf } from "./logits";
import type { LoadedModel } from "./model";
import type { ReadDocument } from "./readDocument";
import type { TokenRange } from "./sequence";

/** Leaves each of some segments out of a document, and reads the whole rest for each, all as one batch. @throws CancelledError */
export async function explain(
  segments: readonly number[],
  { document, logits: analysed }: ReadDocument,
  model: LoadedModel,
  control: Control,
): Promise<Explanation> {
  const { config, heads } = model.checkpoint;
  control.meter.begin("inferring");
  const network = await model.exact();
  const leftOut = segments.map((segment): TokenRange => {
    const [start = 0, end = start] = document.tokenBounds.subarray(segment, segment + 2);
    return [start, end];
  });
  // What another network made of the whole is not to be compared with: it is read again, nothing left out.
  const isExact = network === model.network;
  const readings: TokenRange[] = isExact ? leftOut : [[0, 0], ...leftOut];
  const rows = rowsWithoutEach(document, config, readings);
  const found: (readonly Float32Array[])[] = isExact ? [analysed] : [];
  const reader = { ...model, network };
  for await (const logits of logitsOf(withoutEach(document, config, readings), reader, control, (done) => {
    // A document of bytes, without [CLS] and [SEP], has no rows left without its only segment.
    control.meter.advance(rows === 0 ? 1 : done / rows);
  })) {
    found.push(logits);
  }
  const [whole = [], ...rests] = found;
  return {
    segments,
    heads: heads.map(({ name, labels, labelNames }, head) => {
      const lost = new Float32Array(segments.length * labels);
      rests.forEach((rest, row) => {
        lost.set(whole[head]?.map((logit, l) => logit - (rest[head]?.[l] ?? 0)) ?? [], row * labels);
      });
      return { name, labels: labelNames, lost };
    }),
  };
}
