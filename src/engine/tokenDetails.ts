import type { TokenDetails } from "../analysis/tokenDetails";
import { logitsName } from "../ponet/graphs";
import { meanOverHeads } from "../ponet/maps";
import { partOf } from "../ponet/sequence";
import { rowsOf } from "../ponet/step";
import type { Control } from "./control";
import type { LoadedModel } from "./model";
import type { ReadDocument } from "./readDocument";
import { leadOf, sequenceOf } from "./sequence";

/** Computes one segment again, with as many of its neighbours as it depends on, and keeps what each token gave. */
export async function tokenDetails(
  segment: number,
  { document, summaries }: ReadDocument,
  { checkpoint, network, chunkRows }: LoadedModel,
  control: Control,
): Promise<TokenDetails> {
  const { config, heads } = checkpoint;
  const { ids, tokenBounds } = document;
  const [firstToken = 0, endToken = firstToken] = tokenBounds.subarray(segment, segment + 2);
  const tokens = endToken - firstToken;
  const whole = sequenceOf(document, config);
  const [start, end] = neighbourhood(segment, tokenBounds, config.layers, whole.ids.length, leadOf(config));
  const firstRow = firstToken + leadOf(config) - start;

  const attention = new Float32Array(config.layers * tokens);
  const meanHeads = heads.flatMap((head) =>
    head.kind === "mean" ? [{ head, contributions: new Float32Array(tokens * head.labels) }] : [],
  );
  for await (const step of network.run(partOf(whole, start, end), chunkRows, summaries)) {
    await control.pause();
    if (step.kind !== "computed") continue;
    const copy = (values: Float32Array, into: Float32Array, width = 1, base = 0) => {
      const from = Math.max(firstRow, step.chunk.start);
      const to = Math.min(firstRow + tokens, step.chunk.end);
      if (from >= to) return;
      const rows = values.subarray((from - step.chunk.start) * width, (to - step.chunk.start) * width);
      into.set(rows, (base + from - firstRow) * width);
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

/** The rows of a segment and of the segments around it whose rows its own depend on: each layer looks a segment further. */
function neighbourhood(
  segment: number,
  tokenBounds: Uint32Array,
  layers: number,
  rows: number,
  lead: number,
): readonly [number, number] {
  const before = segment - layers;
  const behind = segment + layers + 1;
  const start = before <= 0 ? 0 : (tokenBounds[before] ?? 0) + lead;
  const end = behind >= tokenBounds.length - 1 ? rows : (tokenBounds[behind] ?? 0) + lead;
  return [start, end];
}
