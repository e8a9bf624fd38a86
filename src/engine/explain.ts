import type { Explanation } from "../analysis/explanation";
import type { Control } from "./control";
import type { LoadedModel } from "./model";
import type { ReadDocument } from "./readDocument";
import type { TokenRange } from "./sequence";

/**
 * Leaves each of some segments out of a document, and reads the whole rest for each, short ones together.
 * @param from where this begins in the whole answer, 0 to 1
 * @throws CancelledError
 */
export async function explain(
  segments: readonly number[],
  { document, logits: analysed, rests }: ReadDocument,
  { checkpoint }: LoadedModel,
  control: Control,
  from = 0,
): Promise<Explanation> {
  const leftOut = segments.map((segment): TokenRange => {
    const [start = 0, end = start] = document.tokenBounds.subarray(segment, segment + 2);
    return [start, end];
  });
  const found: (readonly Float32Array[])[] = [];
  for await (const lost of rests.lost(leftOut, analysed, control, [from, 1])) found.push(lost);
  return {
    segments,
    heads: checkpoint.heads.map(({ name, labels, labelNames }, head) => {
      const lost = new Float32Array(segments.length * labels);
      found.forEach((each, row) => {
        lost.set(each[head] ?? [], row * labels);
      });
      return { name, labels: labelNames, lost };
    }),
  };
}
