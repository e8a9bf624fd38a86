import { layerNorm, linear, parameter, type Build } from "./blocks";
import type { PoNetConfig } from "./config";
import { poolingMixing, type Mixing, type MixingInputs } from "./mixing";
import { embeddingNames, FINAL_NORM, layerNames, type LayerNames } from "./names";
import type { Value } from "./onnx/graph";
import { TREE_LEVELS } from "./poolingTree";

/** The inputs of the graph by name; {@link feeds} fills them. */
export interface EncoderInputs extends MixingInputs {
  readonly ids: Value;
  readonly positions: Value;
  /** Absent when every token is of type 0. */
  readonly tokenTypes?: Value;
}

export interface EncoderLayer extends Mixing {
  /** [T, d] The layer's output. */
  readonly output: Value;
}

export interface Encoder {
  readonly inputs: EncoderInputs;
  /** [T, d] */
  readonly embedding: Value;
  readonly layers: readonly EncoderLayer[];
  /** [T, d] The final token vectors. */
  readonly hidden: Value;
}

/** The whole PoNet encoder: embeddings and layers, post-norm or pre-norm as `config` says. */
export function encoder(build: Build, config: PoNetConfig, options: { readonly tokenTypes: boolean }): Encoder {
  const inputs = encoderInputs(build, options);
  const embedding = embeddings(build, config, inputs);
  const layers: EncoderLayer[] = [];
  let hidden = embedding;
  for (let i = 0; i < config.layers; i++) {
    const layer = encoderLayer(build, config, layerNames(config, i), hidden, inputs);
    layers.push(layer);
    hidden = layer.output;
  }
  if (config.norm === "pre") hidden = layerNorm(build, FINAL_NORM, hidden, config.hiddenSize, config.layerNormEps);
  return { inputs, embedding, layers, hidden };
}

function encoderInputs({ graph }: Build, { tokenTypes }: { readonly tokenTypes: boolean }): EncoderInputs {
  return {
    ids: graph.input("ids", "int32", ["T"]),
    positions: graph.input("positions", "int32", ["T"]),
    ...(tokenTypes && { tokenTypes: graph.input("token_types", "int32", ["T"]) }),
    hiddenShape: graph.input("hidden_shape", "int64", [3]),
    meanWeights: graph.input("mean_weights", "float32", ["B", 1, "N"]),
    attentionBias: graph.input("attention_bias", "float32", ["B", 1, "N"]),
    pooled: graph.input("pooled", "bool", ["T", 1]),
    treeLevels: Array.from({ length: TREE_LEVELS }, (_, i) =>
      graph.input(`tree_level_${i}`, "int32", [`rows_${i}`, `width_${i}`]),
    ),
    segmentRow: graph.input("segment_row", "int32", ["T"]),
  };
}

function embeddings(build: Build, config: PoNetConfig, inputs: EncoderInputs): Value {
  const { graph, weights } = build;
  const { vocabSize, maxPositions, tokenTypes, hiddenSize: d } = config;
  const names = embeddingNames(config);
  const positionRows = weights.read(names.positions, [maxPositions, d]);
  if (names.tokenTypes && !inputs.tokenTypes) {
    // Every token is of type 0: its vector goes into the position table, once, instead of into every token.
    const type0 = weights.read(names.tokenTypes, [tokenTypes, d]).subarray(0, d);
    for (let i = 0; i < positionRows.length; i++) positionRows[i] = (positionRows[i] ?? 0) + (type0[i % d] ?? 0);
  }

  const words = graph.node("Gather", [parameter(build, names.words, [vocabSize, d]), inputs.ids]);
  const table = graph.constant(names.positions, { type: "float32", shape: [maxPositions, d], data: positionRows });
  let sum = graph.node("Add", [words, graph.node("Gather", [table, inputs.positions])]);
  if (names.tokenTypes && inputs.tokenTypes) {
    const types = graph.node("Gather", [parameter(build, names.tokenTypes, [tokenTypes, d]), inputs.tokenTypes]);
    sum = graph.node("Add", [sum, types]);
  }
  return names.norm ? layerNorm(build, names.norm, sum, d, config.layerNormEps) : sum;
}

/**
 * Post-norm (BERT's layout): H1 = LN(W P(H) + b + H), H2 = LN(FFN(H1) + H1).
 * Pre-norm (Long Range Arena): H1 = H + W P(LN(H)) + b, H2 = H1 + FFN(LN(H1)).
 */
function encoderLayer(
  build: Build,
  config: PoNetConfig,
  names: LayerNames,
  hidden: Value,
  inputs: MixingInputs,
): EncoderLayer {
  const { graph } = build;
  const { hiddenSize: d, layerNormEps } = config;
  const norm = (module: string, x: Value) => layerNorm(build, module, x, d, layerNormEps);
  const mix = (x: Value) => {
    const mixing = poolingMixing(build, config, names, x, inputs);
    return { mixing, mixed: linear(build, names.mixed, mixing.fused, d, d) };
  };

  if (config.norm === "pre") {
    const { mixing, mixed } = mix(norm(names.mixingNorm, hidden));
    const first = graph.node("Add", [hidden, mixed]);
    const output = graph.node("Add", [first, feedForward(build, config, names, norm(names.outputNorm, first))]);
    return { ...mixing, output };
  }
  const { mixing, mixed } = mix(hidden);
  const first = norm(names.mixingNorm, graph.node("Add", [mixed, hidden]));
  const output = norm(names.outputNorm, graph.node("Add", [feedForward(build, config, names, first), first]));
  return { ...mixing, output };
}

/** Two linear maps with the exact (erf) GELU between. */
function feedForward(build: Build, config: PoNetConfig, names: LayerNames, x: Value): Value {
  const { hiddenSize: d, intermediateSize } = config;
  const inner = build.graph.node("Gelu", [linear(build, names.intermediate, x, d, intermediateSize)]);
  return linear(build, names.output, inner, intermediateSize, d);
}
