import { layerNorm, parameter, tokenRows, type Build } from "./blocks";
import type { PoNetConfig } from "./config";
import { embeddingNames } from "./names";
import type { Value } from "./onnx/graph";

/** The ids of n rows, each [n]. */
export interface EmbeddingInputs {
  readonly ids: Value;
  readonly positions: Value;
  /** Absent when every token is of type 0. */
  readonly tokenTypes?: Value;
}

/** The embedded rows, [n, d]. */
export function embeddings(build: Build, config: PoNetConfig, inputs: EmbeddingInputs): Value {
  const { graph, weights } = build;
  const { vocabSize, maxPositions, tokenTypes, hiddenSize: d } = config;
  const names = embeddingNames(config);
  const positionRows = weights.read(names.positions, [maxPositions, d]);
  if (names.tokenTypes && !inputs.tokenTypes) {
    // Every token is of type 0: its vector goes into the position table, once, instead of into every token.
    const type0 = weights.read(names.tokenTypes, [tokenTypes, d]).subarray(0, d);
    for (let i = 0; i < positionRows.length; i++) positionRows[i] = (positionRows[i] ?? 0) + (type0[i % d] ?? 0);
  }

  const words = tokenRows(build, names.words, inputs.ids, vocabSize, d);
  const table = graph.constant(names.positions, { type: "float32", shape: [maxPositions, d], data: positionRows });
  let sum = graph.node("Add", [words, graph.node("Gather", [table, inputs.positions])]);
  if (names.tokenTypes && inputs.tokenTypes) {
    const types = graph.node("Gather", [parameter(build, names.tokenTypes, [tokenTypes, d]), inputs.tokenTypes]);
    sum = graph.node("Add", [sum, types]);
  }
  return names.norm ? layerNorm(build, names.norm, sum, d, config.layerNormEps) : sum;
}
