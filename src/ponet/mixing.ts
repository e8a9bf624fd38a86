import { linear, parameter, type Build } from "./blocks";
import type { PoNetConfig } from "./config";
import type { LayerNames } from "./names";
import type { Value } from "./onnx/graph";

/** The fed tensors that token mixing reads; see {@link Inputs} for their meaning. */
export interface MixingInputs {
  /** [3] int64: B, N, d. */
  readonly hiddenShape: Value;
  readonly meanWeights: Value;
  readonly attentionBias: Value;
  /** [T, 1] bool. */
  readonly pooled: Value;
  /** Per level [rows, width]. */
  readonly treeLevels: readonly Value[];
  /** [T] */
  readonly segmentRow: Value;
}

/** The parts of one token-mixing block, as the poster names them. */
export interface Mixing {
  /** [B, h, N] Softmax of the second stage of the global aggregation. */
  readonly attention: Value;
  /** [B, 1, d] g', the global aggregation. */
  readonly global: Value;
  /** [rows, d] Every row of the pooling tree. */
  readonly segmentRows: Value;
  /** [T, d] S, each token's segment maximum; zero where a token is not pooled. */
  readonly segment: Value;
  /** [T, d] The input of the local window, with unpooled tokens out of the way. */
  readonly localInput: Value;
  /** [T, d] L, the window maxima; zero where a token is not pooled. */
  readonly local: Value;
  /** [T, d] O. */
  readonly gate: Value;
  /** [T, d] P = (g' + S) * O + L. */
  readonly fused: Value;
}

/** What an unpooled token holds before a maximum is taken; the value the checkpoints were trained with. */
const NEVER_LARGEST = -10000;

/**
 * Multi-granularity pooling of `hidden` [T, d], arXiv 2110.02442 section 3 with the authors' implementation's
 * semantics (values are the keys; [CLS] and [SEP] apart).
 */
export function poolingMixing(
  build: Build,
  config: PoNetConfig,
  names: LayerNames,
  hidden: Value,
  inputs: MixingInputs,
): Mixing {
  const { graph } = build;
  const d = config.hiddenSize;
  const project = (module: string) => linear(build, module, hidden, d, d);

  const { attention, global } = globalAggregation(build, config, names, hidden, inputs);
  const { rows: segmentRows, segment } = segmentMax(build, project(names.segment), d, inputs);
  const { input: localInput, local } = localMax(build, project(names.local), d, inputs);
  const gate = project(names.o);

  const inSequences = graph.node("Reshape", [segment, inputs.hiddenShape]);
  const summed = graph.node("Reshape", [graph.node("Add", [inSequences, global]), graph.int64s(-1, d)]);
  const fused = graph.node("Add", [graph.node("Mul", [summed, gate]), local]);
  return { attention, global, segmentRows, segment, localInput, local, gate, fused };
}

/**
 * Stage 1: g = mean of Q, per head. Stage 2: a = softmax(g . K_n / sqrt(d / h)), g' = sum a_n K_n.
 * Neither Q nor K is ever made: mean(W_q H + b) = W_q mean(H) + b; g . (W_k H_n + b) = H_n . (W_k^T g) plus a constant
 * that the softmax drops; and, the a_n adding up to 1, sum a_n (W_k H_n + b) = W_k (sum a_n H_n) + b.
 */
function globalAggregation(build: Build, config: PoNetConfig, names: LayerNames, hidden: Value, inputs: MixingInputs) {
  const { graph } = build;
  const { hiddenSize: d, heads } = config;
  const width = d / heads;
  const sequences = graph.node("Reshape", [hidden, inputs.hiddenShape]);

  const mean = graph.node("Reshape", [graph.node("MatMul", [inputs.meanWeights, sequences]), graph.int64s(-1, d)]);
  const g = graph.node("Mul", [linear(build, names.q, mean, d, d), graph.scalar(1 / Math.sqrt(width))]);
  const perHead = graph.node("Reshape", [g, graph.int64s(-1, heads, 1, width)]);
  const keyWeight = parameterPerHead(build, `${names.k}.weight`, heads, width, d);
  const direction = graph.node("Squeeze", [graph.node("MatMul", [perHead, keyWeight]), graph.int64s(2)]);

  const scores = graph.node("MatMul", [sequences, graph.node("Transpose", [direction], { perm: [0, 2, 1] })]);
  const masked = graph.node("Add", [graph.node("Transpose", [scores], { perm: [0, 2, 1] }), inputs.attentionBias]);
  const attention = graph.node("Softmax", [masked], { axis: -1 });

  const attended = graph.node("Unsqueeze", [graph.node("MatMul", [attention, sequences]), graph.int64s(2)]);
  const values = graph.node("MatMul", [attended, graph.node("Transpose", [keyWeight], { perm: [0, 2, 1] })]);
  const joined = graph.node("Reshape", [values, graph.int64s(-1, 1, d)]);
  return { attention, global: graph.node("Add", [joined, parameter(build, `${names.k}.bias`, [d])]) };
}

/** [d, inputs] as [heads, d / heads, inputs]: the rows of a projection, by head. */
function parameterPerHead(build: Build, name: string, heads: number, width: number, inputs: number): Value {
  const weight = parameter(build, name, [heads * width, inputs]);
  return build.graph.node("Reshape", [weight, build.graph.int64s(heads, width, inputs)]);
}

/** SMP: the maximum over each segment and channel, given back to the segment's tokens. */
function segmentMax({ graph }: Build, projected: Value, d: number, inputs: MixingInputs) {
  const levels: Value[] = [];
  let below = projected;
  for (const table of inputs.treeLevels) {
    below = graph.node("ReduceMax", [graph.node("Gather", [below, table]), graph.int64s(1)], { keepdims: 0 });
    levels.push(below);
  }
  const none = graph.constant("none", { type: "float32", shape: [1, d], data: new Float32Array(d) });
  const rows = graph.node("Concat", [...levels, none], { axis: 0 });
  return { rows, segment: graph.node("Gather", [rows, inputs.segmentRow]) };
}

/** LMP: the maximum over a window of three tokens. */
function localMax({ graph }: Build, projected: Value, d: number, inputs: MixingInputs) {
  const input = graph.node("Where", [inputs.pooled, projected, graph.scalar(NEVER_LARGEST)]);
  const image = graph.node("Unsqueeze", [graph.node("Reshape", [input, inputs.hiddenShape]), graph.int64s(1)]);
  const windows = graph.node("MaxPool", [image], { kernel_shape: [3, 1], pads: [1, 0, 1, 0], strides: [1, 1] });
  const maxima = graph.node("Reshape", [windows, graph.int64s(-1, d)]);
  return { input, local: graph.node("Where", [inputs.pooled, maxima, graph.scalar(0)]) };
}
