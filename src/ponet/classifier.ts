import type { PassStatistics } from "../analysis/poolingSums";
import type { PoNetConfig } from "./config";
import { encoder } from "./encoder";
import { headLogits, type Head } from "./heads";
import { LAYER_STATISTICS, layerStatistics, type LayerStatistics } from "./maps";
import { Graph } from "./onnx/graph";
import type { Safetensors } from "./safetensors";

/** What a run of {@link classifierGraph} gives, by name. */
export type Outputs = ReadonlyMap<string, Float32Array>;

const logitsName = (head: Head) => `logits.${head.name}`;
const statisticName = (layer: number, statistic: keyof LayerStatistics) => `layer.${layer}.${statistic}`;

/**
 * The graph that the engine runs: the encoder, every head's logits and every layer's pooling statistics.
 * No [T, d] tensor is among its outputs.
 * @throws UserError when the weights lack a tensor or hold one of another shape.
 */
export function classifierGraph(config: PoNetConfig, weights: Safetensors, heads: readonly Head[]): Uint8Array {
  const graph = new Graph("ponet");
  const build = { graph, weights };
  const encoded = encoder(build, config, { tokenTypes: false });
  for (const head of heads) {
    const rows = head.kind === "mean" ? "T" : "B";
    graph.output(logitsName(head), headLogits(build, config, head, encoded), "float32", [rows, head.labels]);
  }
  const segmentRows = graph.input("segment_rows", "int32", ["K"]);
  encoded.layers.forEach((mixing, layer) => {
    const statistics = layerStatistics(graph, config, mixing, encoded.inputs, segmentRows);
    for (const statistic of LAYER_STATISTICS) {
      const { value, shape } = statistics[statistic];
      graph.output(statisticName(layer, statistic), value, "float32", shape);
    }
  });
  return graph.serialize();
}

/** The logits of a head: [T, labels] for a mean head, [B, labels] for a [CLS] head. */
export function logitsOf(outputs: Outputs, head: Head): Float32Array {
  return output(outputs, logitsName(head));
}

/** A layer's pooling statistics over a single sequence, of its text segments alone. */
export function statisticsOf(outputs: Outputs, layer: number, { clsgsepg, special }: PoNetConfig): PassStatistics {
  const read = (statistic: keyof LayerStatistics) => output(outputs, statisticName(layer, statistic));
  const segmentShare = read("segmentShare");
  return {
    attention: read("attention"),
    // Without `clsgsepg`, [CLS] and [SEP] are pooled as the first and the last segment.
    segmentShare: clsgsepg || !special ? segmentShare : segmentShare.subarray(1, -1),
    neighbourShare: read("neighbourShare"),
    globalNorm: read("globalNorm"),
    segmentNorm: read("segmentNorm"),
    localNorm: read("localNorm"),
  };
}

function output(outputs: Outputs, name: string): Float32Array {
  const values = outputs.get(name);
  if (!values) throw new Error(`the graph has no output "${name}"`);
  return values;
}
