import type { Build, Weights } from "./blocks";
import type { PoNetConfig } from "./config";
import { embeddings } from "./embeddings";
import { pooledHeadLogits, tokenLogits, type Head } from "./heads";
import { layerInput, layerOutput, projection } from "./layer";
import { rowStatistics } from "./maps";
import { layerNames } from "./names";
import { Graph, type Value } from "./onnx/graph";
import { globalStatistics, poolingMixing, segmentMaxima, type Mixing } from "./pooling";
import { TREE_LEVELS } from "./poolingTree";

// The graphs of one encoder. A layer is two of them, since its poolings need the whole sequence: the statistics of a
// chunk of n rows, which are merged over all chunks, and the rows that the layer makes of the chunk and of what was merged.

/** The name of a head's logits among a graph's outputs. */
export const logitsName = (head: Head) => `logits.${head.name}`;

/**
 * `ids` and `positions` [n] and `membership` [B, n] to `hidden` [n, d] and `sum` [B, d], over each document's rows, of what
 * the first layer mixes.
 */
export function embeddingGraph(config: PoNetConfig, weights: Weights, largestInt8: number | undefined): Uint8Array {
  const build = { graph: new Graph("embedding"), weights, largestInt8 };
  const ids = (name: string) => build.graph.input(name, "int32", ["n"]);
  const hidden = embeddings(build, config, { ids: ids("ids"), positions: ids("positions") });
  build.graph.output("hidden", hidden, ["n", config.hiddenSize]);
  outputSum(build, config, layerInput(build, config, 0, hidden), "n");
  return build.graph.serialize();
}

/**
 * `hidden` [n, d], layer i's input, `mean` [B, d], of what it mixes over each whole document, `exclusion` [B, 1, n] and
 * the pooling tree to `largest` [B, h, 1], `weights` [B, h, n], `attended` [B, h, d] and `maxima` [S, d]; see
 * {@link globalStatistics}.
 */
export function statisticsGraph(
  config: PoNetConfig,
  weights: Weights,
  i: number,
  largestInt8: number | undefined,
): Uint8Array {
  const { hiddenSize: d, heads } = config;
  const build = { graph: new Graph(`statistics.${i}`), weights, largestInt8 };
  const { graph } = build;
  const names = layerNames(config, i);
  const x = layerInput(build, config, i, graph.input("hidden", "float32", ["n", d]));
  const statistics = globalStatistics(build, config, names, x, {
    mean: graph.input("mean", "float32", ["B", d]),
    exclusion: graph.input("exclusion", "float32", ["B", 1, "n"]),
  });
  const levels = Array.from({ length: TREE_LEVELS }, (_, level) =>
    graph.input(`tree_level_${level}`, "int32", [`rows_${level}`, `width_${level}`]),
  );
  const tree = { levels, rows: graph.input("tree_rows", "int32", ["S"]) };
  graph.output("largest", statistics.largest, ["B", heads, 1]);
  graph.output("weights", statistics.weights, ["B", heads, "n"]);
  graph.output("attended", statistics.attended, ["B", heads, d]);
  graph.output("maxima", segmentMaxima(build, config, names, x, tree), ["S", d]);
  return graph.serialize();
}

/**
 * `hidden` [n + 2, d], layer i's input with a row more at either end, what was merged over the whole sequence,
 * `attended` [B, h, d] and `maxima` [S + 1, d], and `membership` [B, n + 2], `document_row`, `segment_row`, `pooled` and
 * `handicap` [n + 2], to `output` [n + 2, d], the layer's output, `sum` [B, d], over each document's rows, of what the next
 * layer mixes, and the pooling statistics. The last layer's are the final token vectors, and it has the token logits of every
 * mean head. The rows at the ends are wrong, since each lacks a neighbour.
 * @param options.probe Adds [n + 2, d] tensors from within the layer, as the golden tensors are named: for tests.
 */
export function outputsGraph(
  config: PoNetConfig,
  weights: Weights,
  i: number,
  heads: readonly Head[],
  { largestInt8, probe }: { readonly largestInt8: number | undefined; readonly probe: boolean },
): Uint8Array {
  const { hiddenSize: d } = config;
  const build = { graph: new Graph(`outputs.${i}`), weights, largestInt8 };
  const { graph } = build;
  const hidden = graph.input("hidden", "float32", ["n_2", d]);
  const mixing = poolingMixing(build, config, layerNames(config, i), layerInput(build, config, i, hidden), {
    attended: graph.input("attended", "float32", ["B", config.heads, d]),
    documentRow: graph.input("document_row", "int32", ["n_2"]),
    maxima: graph.input("maxima", "float32", ["S_1", d]),
    segmentRow: graph.input("segment_row", "int32", ["n_2"]),
    pooled: graph.input("pooled", "float32", ["n_2", 1]),
    handicap: graph.input("handicap", "float32", ["n_2", 1]),
  });
  const output = layerOutput(build, config, i, hidden, projection(build, config, i, mixing.fused));
  const next = layerInput(build, config, i + 1, output);
  const isLast = i + 1 === config.layers;
  graph.output("output", isLast ? next : output, ["n_2", d]);
  outputSum(build, config, next, "n_2");
  for (const [name, value] of Object.entries(rowStatistics(graph, mixing))) {
    graph.output(name, value, ["n_2"]);
  }
  for (const head of isLast ? heads.filter(({ kind }) => kind === "mean") : []) {
    graph.output(logitsName(head), tokenLogits(build, config, head, next), ["n_2", head.labels]);
  }
  if (probe) outputProbes(graph, mixing, output, d);
  return graph.serialize();
}

/** `first` and `mean` [D, d], of each document's final vectors, to the logits [D, L] of heads that are no mean heads. */
export function headsGraph(config: PoNetConfig, weights: Weights, heads: readonly Head[]): Uint8Array {
  const build = { graph: new Graph("heads"), weights };
  const [first, mean] = ["first", "mean"].map((name) => build.graph.input(name, "float32", ["D", config.hiddenSize]));
  for (const head of heads) {
    const logits = first && mean && pooledHeadLogits(build, config, head, { first, mean });
    if (logits) build.graph.output(logitsName(head), logits, ["D", head.labels]);
  }
  return build.graph.serialize();
}

function outputSum({ graph }: Build, { hiddenSize }: PoNetConfig, x: Value, rows: string): void {
  const membership = graph.input("membership", "float32", ["B", rows]);
  graph.output("sum", graph.node("MatMul", [membership, x]), ["B", hiddenSize]);
}

function outputProbes(graph: Graph, { global, segment, local, fused }: Mixing, output: Value, d: number): void {
  graph.output("g_prime", global, ["B", d]);
  for (const [name, value] of Object.entries({ smp: segment, lmp: local, P: fused, out: output })) {
    graph.output(name, value, ["n_2", d]);
  }
}
