import { layerNorm, tokenRows, type Build, type Weights } from "./blocks";
import type { PoNetConfig } from "./config";
import { embeddingNames } from "./names";
import type { Value } from "./onnx/graph";

/** The ids of n rows, each [n]. */
export interface EmbeddingInputs {
  readonly ids: Value;
  /** Rows of {@link positionTable}. */
  readonly positions: Value;
}

/** The embedded rows, [n, d]. */
export function embeddings(build: Build, config: PoNetConfig, inputs: EmbeddingInputs): Value {
  const { graph } = build;
  const { vocabSize, hiddenSize: d, layerNormEps } = config;
  const names = embeddingNames(config);
  const data = positionTable(build.weights, config);
  const table = graph.constant(names.positions, { type: "float32", shape: [data.length / d, d], data });
  const words = tokenRows(build, names.words, inputs.ids, vocabSize, d);
  const sum = graph.node("Add", [words, graph.node("Gather", [table, inputs.positions])]);
  return names.norm ? layerNorm(build, names.norm, sum, d, layerNormEps) : sum;
}

/**
 * The position table, once for each token type and with that type's vector in every row, [types * maxPositions, d]: one
 * look-up finds what a token has besides its word.
 */
function positionTable(weights: Weights, config: PoNetConfig): Float32Array {
  const { maxPositions, tokenTypes, hiddenSize: d } = config;
  const names = embeddingNames(config);
  const positions = weights.read(names.positions, [maxPositions, d]);
  if (!names.tokenTypes || tokenTypes === 0) return positions;
  const types = weights.read(names.tokenTypes, [tokenTypes, d]);
  const table = new Float32Array(tokenTypes * positions.length);
  for (let type = 0; type < tokenTypes; type++) {
    const first = type * positions.length;
    for (let i = 0; i < positions.length; i++) {
      table[first + i] = (positions[i] ?? 0) + (types[type * d + (i % d)] ?? 0);
    }
  }
  return table;
}
