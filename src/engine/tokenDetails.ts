import type { TokenDetails } from "../analysis/tokenDetails";
import { logitsName } from "../ponet/graphs";
import { meanOverHeads } from "../ponet/maps";
import { partOf, type RowRange, type Sequence } from "../ponet/sequence";
import { rowsOf, type KnownLayer } from "../ponet/step";
import type { Control } from "./control";
import type { LoadedModel } from "./model";
import { progress } from "./progress";
import type { ReadDocument } from "./readDocument";
import { leadOf, sequenceOf } from "./sequence";

/**
 * Computes one segment again, with the rows around it that it depends on, and keeps what each token gave.
 * @param from where this begins in the whole answer, 0 to 1
 * @throws CancelledError
 */
export async function tokenDetails(
  segment: number,
  { document, layers }: ReadDocument,
  { checkpoint, network, chunkRows }: LoadedModel,
  control: Control,
  from = 0,
): Promise<TokenDetails> {
  const { config, heads } = checkpoint;
  const { ids, tokenBounds } = document;
  const [firstToken = 0, endToken = firstToken] = tokenBounds.subarray(segment, segment + 2);
  const tokens = endToken - firstToken;
  const whole = sequenceOf(document, config);
  const lead = leadOf(config);
  const range = reach({ start: firstToken + lead, end: endToken + lead }, whole, layers);
  const firstRow = firstToken + lead - range.start;

  const attention = new Float32Array(config.layers * tokens);
  const meanHeads = heads.flatMap((head) =>
    head.kind === "mean" ? [{ head, contributions: new Float32Array(tokens * head.labels) }] : [],
  );
  control.meter.begin("inferring", { part: [from, 1] });
  for await (const step of network.run(partOf(whole, range), chunkRows, layers)) {
    control.meter.advance(progress(step, config, range.end - range.start));
    await control.pause();
    if (step.kind !== "computed") continue;
    const copy = (values: Float32Array, into: Float32Array, width = 1, base = 0) => {
      const start = Math.max(firstRow, step.chunk.start);
      const end = Math.min(firstRow + tokens, step.chunk.end);
      if (start >= end) return;
      const rows = values.subarray((start - step.chunk.start) * width, (end - step.chunk.start) * width);
      into.set(rows, (base + start - firstRow) * width);
    };
    copy(meanOverHeads(step.attention, config.heads), attention, 1, step.layer * tokens);
    if (step.layer + 1 < config.layers) continue;
    for (const { head, contributions } of meanHeads) {
      copy(rowsOf(step, logitsName(head)), contributions, head.labels);
    }
  }
  return {
    segment,
    starts: document.starts.slice(firstToken, endToken),
    ends: document.ends.slice(firstToken, endToken),
    heads: meanHeads.map(({ head, contributions }) => ({
      name: head.name,
      labels: head.labelNames,
      contributions: contributions.map((logit) => logit / ids.length),
    })),
    layers: config.layers,
    attention,
  };
}

/**
 * The rows of a document that some rows of it depend on: each layer looks one further to either side, and at all of a
 * segment whose maxima were not kept.
 */
function reach({ start, end }: RowRange, { segments }: Sequence, layers: readonly KnownLayer[]): RowRange {
  for (const { maxima } of layers) {
    const [first = -1, last = -1] = [segments[start], segments[end - 1]];
    start = Math.max(start - 1, 0);
    end = Math.min(end + 1, segments.length);
    if (!maxima.has(first)) while (segments[start - 1] === first) start--;
    if (!maxima.has(last)) while (segments[end] === last) end++;
  }
  return { start, end };
}
