import { SegmentSums } from "../analysis/segmentSums";
import { batchesOf } from "../batches";
import { logitsName } from "../ponet/graphs";
import { documentsOf, joined, type Sequence } from "../ponet/sequence";
import { output, type Outputs } from "../ponet/session";
import { rowsOf } from "../ponet/step";
import type { Control } from "./control";
import type { LoadedModel } from "./model";
import { progress } from "./progress";
import { leadOf } from "./sequence";

/**
 * How much is computed together: rows, whose vectors are all in memory, and documents, whose queries are multiplied with
 * the rows of all that they share a chunk with.
 */
const MOST_ROWS = 65_536;
const MOST_DOCUMENTS = 16;

type Reader = Pick<LoadedModel, "checkpoint" | "network" | "chunkRows">;

/**
 * Every head's logits [L], in the order of the model's heads, of each of some sequences, in their order; zeros for one
 * without tokens. They are computed in batches, without padding: a short one by itself takes little less time than many.
 * @param onRows told how many of all their rows are done
 * @throws CancelledError
 */
export async function* logitsOf(
  sequences: Iterable<Sequence>,
  reader: Reader,
  { pause }: Pick<Control, "pause">,
  onRows: (rows: number) => void,
): AsyncGenerator<readonly Float32Array[], void, undefined> {
  let before = 0;
  for (const batch of batchesOf(sequences, ({ ids }) => ids.length, MOST_ROWS, MOST_DOCUMENTS)) {
    const rows = batch.reduce((sum, { ids }) => sum + ids.length, 0);
    yield* await logitsOfBatch(batch, reader, async (fraction) => {
      onRows(before + fraction * rows);
      await pause();
    });
    before += rows;
  }
}

async function logitsOfBatch(
  batch: readonly Sequence[],
  { checkpoint: { config, heads }, network, chunkRows }: Reader,
  onStep: (fraction: number) => Promise<void>,
): Promise<readonly Float32Array[][]> {
  const sequence = joined(batch);
  const lead = leadOf(config);
  // Span 2 d + 1 holds the tokens of document d; the others lie between.
  const bounds = documentsOf(sequence).flatMap(({ start, end }) => [start + lead, end - lead]);
  const spans = new SegmentSums(Uint32Array.from([0, ...bounds]));
  const readings = heads.map((head) => ({ head, sums: new Float64Array(spans.segments * head.labels) }));
  let pooled: Outputs = new Map();
  for await (const step of network.run(sequence, chunkRows)) {
    if (step.kind === "done") pooled = step.outputs;
    else if (step.kind === "computed" && step.layer + 1 === config.layers) {
      for (const { head, sums } of readings) {
        if (head.kind === "mean") spans.add(rowsOf(step, logitsName(head)), head.labels, step.chunk.start, sums);
      }
    }
    await onStep(progress(step, config, sequence.ids.length));
  }
  return batch.map((_, d) =>
    readings.map(({ head, sums }) => {
      const { labels } = head;
      const tokens = spans.tokensOf(2 * d + 1);
      if (tokens === 0) return new Float32Array(labels);
      if (head.kind !== "mean") return output(pooled, logitsName(head)).slice(d * labels, (d + 1) * labels);
      return Float32Array.from(sums.subarray((2 * d + 1) * labels, (2 * d + 2) * labels), (sum) => sum / tokens);
    }),
  );
}
