import { linear, parameter, tokenLinear, type Build } from "./blocks";
import type { PoNetConfig } from "./config";
import type { LayerNames } from "./names";
import type { Value } from "./onnx/graph";

// Multi-granularity pooling, arXiv 2110.02442 section 3 with the authors' implementation's semantics (values are the
// keys; [CLS] and [SEP] apart), over n rows of B documents that may be longer. What needs the whole of them is taken in
// two steps: statistics of each chunk, which merge, and then the rows that they make.

/** What the global aggregation needs of n rows; `largest`, `weights` and `attended` merge as a running softmax does. */
export interface GlobalStatistics {
  /** [B, h, 1] The largest score of each head. */
  readonly largest: Value;
  /** [B, h, n] exp(score - largest); 0 where a row is not of the document. */
  readonly weights: Value;
  /** [B, h, d] The rows' sum, weighted. */
  readonly attended: Value;
}

/** The parts of the fused rows, as the poster names them. */
export interface Mixing {
  /** [B, d] g', the global aggregation. */
  readonly global: Value;
  /** [n, d] S, each row's segment maximum; zero where a row is not pooled. */
  readonly segment: Value;
  /** [n, d] The input of the local window, with unpooled rows out of the way. */
  readonly localInput: Value;
  /** [n, d] L, the window maxima; zero where a row is not pooled. The first and the last row lack a neighbour. */
  readonly local: Value;
  /** [n, 1] 1 where a row is pooled, else 0. */
  readonly pooled: Value;
  /** [n, d] G = g' * O, g' being that of the row's document. */
  readonly gatedGlobal: Value;
  /** [n, d] S' = S * O. */
  readonly gatedSegment: Value;
  /** [n, d] P = G + S' + L, O being the gate. */
  readonly fused: Value;
}

/** The fed tensors that fused rows are made of. */
export interface MixingInputs {
  /** [B, h, d] Each whole document's rows, summed by their attention. */
  readonly attended: Value;
  /** [n] Each row's row of `attended`. */
  readonly documentRow: Value;
  /** [S + 1, d] The maximum of each segment over the whole sequence, and zeros. */
  readonly maxima: Value;
  /** [n] Each row's row of `maxima`. */
  readonly segmentRow: Value;
  /** [n, 1] 1 where a row is pooled, else 0. */
  readonly pooled: Value;
  /** [n, 1] What is added to a row before the maximum of a window is taken, so that an unpooled one is none. */
  readonly handicap: Value;
}

/**
 * GA's first stage, g = mean of Q per head, and the scores g . K_n / sqrt(d / h) of the second, of rows `x` [n, d].
 * Neither Q nor K is ever made: mean(W_q H + b) = W_q mean(H) + b, and g . (W_k H_n + b) = H_n . (W_k^T g) plus a
 * constant that the softmax drops.
 * @param mean [B, d] The mean of each whole document's rows.
 * @param exclusion [B, 1, n] What is added to a row's score so that another document's has no weight.
 */
export function globalStatistics(
  build: Build,
  config: PoNetConfig,
  names: LayerNames,
  x: Value,
  { mean, exclusion }: { readonly mean: Value; readonly exclusion: Value },
): GlobalStatistics {
  const { graph } = build;
  const { hiddenSize: d, heads } = config;
  const width = d / heads;
  const g = graph.node("Mul", [linear(build, names.q, mean, d, d), graph.scalar(1 / Math.sqrt(width))]);
  const perHead = graph.node("Reshape", [g, graph.int64s(-1, heads, 1, width)]);
  const direction = graph.node("MatMul", [perHead, keyWeight(build, config, names)]);
  const columns = graph.node("Transpose", [graph.node("Reshape", [direction, graph.int64s(-1, d)])], { perm: [1, 0] });

  const byRow = graph.node("Reshape", [graph.node("MatMul", [x, columns]), graph.int64s(0, -1, heads)]);
  const scores = graph.node("Add", [graph.node("Transpose", [byRow], { perm: [1, 2, 0] }), exclusion]);
  const largest = graph.node("ReduceMax", [scores, graph.int64s(2)], { keepdims: 1 });
  const weights = graph.node("Exp", [graph.node("Sub", [scores, largest])]);
  return { largest, weights, attended: graph.node("MatMul", [weights, x]) };
}

/**
 * SMP of rows `x` [n, d]: the maximum over what is here of each segment, and over each channel, [S, d].
 * @param levels The tables of a {@link PoolingTree}, and `rows` [S] its result.
 */
export function segmentMaxima(
  build: Build,
  config: PoNetConfig,
  names: LayerNames,
  x: Value,
  { levels, rows }: { readonly levels: readonly Value[]; readonly rows: Value },
): Value {
  const { graph } = build;
  const made: Value[] = [];
  let below = tokenLinear(build, names.segment, x, config.hiddenSize, config.hiddenSize);
  for (const table of levels) {
    below = graph.node("ReduceMax", [graph.node("Gather", [below, table]), graph.int64s(1)], { keepdims: 0 });
    made.push(below);
  }
  return graph.node("Gather", [graph.node("Concat", made, { axis: 0 }), rows]);
}

/** The fused rows P of `x` [n, d]. */
export function poolingMixing(
  build: Build,
  config: PoNetConfig,
  names: LayerNames,
  x: Value,
  inputs: MixingInputs,
): Mixing {
  const { graph } = build;
  const d = config.hiddenSize;
  const global = globalAggregation(build, config, names, inputs.attended);
  const segment = graph.node("Gather", [inputs.maxima, inputs.segmentRow]);
  const localInput = graph.node("Add", [tokenLinear(build, names.local, x, d, d), inputs.handicap]);
  const local = graph.node("Mul", [localMax(build, localInput, d), inputs.pooled]);
  const gate = tokenLinear(build, names.o, x, d, d);
  const gatedGlobal = graph.node("Mul", [gate, graph.node("Gather", [global, inputs.documentRow])]);
  const gatedSegment = graph.node("Mul", [gate, segment]);
  const fused = graph.node("Add", [graph.node("Add", [gatedGlobal, gatedSegment]), local]);
  return { global, segment, localInput, local, pooled: inputs.pooled, gatedGlobal, gatedSegment, fused };
}

/** GA's second stage, [B, d]: the a_n adding up to 1, g' = sum a_n (W_k H_n + b) = W_k (sum a_n H_n) + b, per head. */
function globalAggregation(build: Build, config: PoNetConfig, names: LayerNames, attended: Value): Value {
  const { graph } = build;
  const d = config.hiddenSize;
  const perHead = graph.node("Unsqueeze", [attended, graph.int64s(2)]);
  const key = graph.node("Transpose", [keyWeight(build, config, names)], { perm: [0, 2, 1] });
  const values = graph.node("Reshape", [graph.node("MatMul", [perHead, key]), graph.int64s(-1, d)]);
  return graph.node("Add", [values, parameter(build, `${names.k}.bias`, [d])]);
}

/** W_k [d, d] as [h, d / h, d]. */
function keyWeight(build: Build, { hiddenSize: d, heads }: PoNetConfig, names: LayerNames): Value {
  const weight = parameter(build, `${names.k}.weight`, [d, d]);
  return build.graph.node("Reshape", [weight, build.graph.int64s(heads, d / heads, d)]);
}

/** LMP: the maximum over a window of three rows. */
function localMax({ graph }: Build, input: Value, d: number): Value {
  const image = graph.node("Unsqueeze", [input, graph.int64s(0, 1)]);
  const windows = graph.node("MaxPool", [image], { kernel_shape: [3, 1], pads: [1, 0, 1, 0], strides: [1, 1] });
  return graph.node("Reshape", [windows, graph.int64s(-1, d)]);
}
