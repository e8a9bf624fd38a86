import { narrowToInt8 } from "./int8";
import type { Graph, Value } from "./onnx/graph";
import type { Safetensors } from "./safetensors";

/** Named parameters: those of a checkpoint, or made up where only the time they take counts. */
export type Weights = Pick<Safetensors, "read">;

/** A graph under construction and the weights it is made of. */
export interface Build {
  readonly graph: Graph;
  readonly weights: Weights;
  /**
   * Where the products over tokens, and the table that tokens are looked up in, are of int8 numbers: what a weight is at
   * most. See {@link largestInt8Weight}.
   */
  readonly largestInt8?: number | undefined;
}

/** A parameter of the checkpoint as a constant of the graph. */
export function parameter({ graph, weights }: Build, name: string, shape: readonly number[]): Value {
  return graph.constant(name, { type: "float32", shape, data: weights.read(name, shape) });
}

/** `x W^T + b` over rows: [T, inputs] -> [T, outputs]. Gemm adds the bias as it multiplies, which MatMul does not. */
export function linear(build: Build, module: string, x: Value, inputs: number, outputs: number): Value {
  const weight = parameter(build, `${module}.weight`, [outputs, inputs]);
  const bias = parameter(build, `${module}.bias`, [outputs]);
  return build.graph.node("Gemm", [x, weight, bias], { transB: 1 });
}

/**
 * {@link linear} over the rows of tokens. In int8 the weights have a scale for each output, the rows of a run one scale
 * and zero point in common; what else it is made of stays float32.
 */
export function tokenLinear(build: Build, module: string, x: Value, inputs: number, outputs: number): Value {
  const { graph, weights, largestInt8 } = build;
  if (largestInt8 === undefined) return linear(build, module, x, inputs, outputs);
  const narrow = narrowToInt8(weights.read(`${module}.weight`, [outputs, inputs]), outputs, largestInt8);
  const columns = Int8Array.from(
    narrow.weights,
    (_, i) => narrow.weights[(i % outputs) * inputs + Math.floor(i / outputs)] ?? 0,
  );
  return graph.microsoftNode("DynamicQuantizeMatMul", [
    x,
    graph.constant(`${module}.int8`, { type: "int8", shape: [inputs, outputs], data: columns }),
    graph.constant(`${module}.scales`, { type: "float32", shape: [outputs], data: narrow.scales }),
    graph.constant(`${module}.zeros`, { type: "int8", shape: [outputs], data: new Int8Array(outputs) }),
    parameter(build, `${module}.bias`, [outputs]),
  ]);
}

/** The rows of a table [rows, size] that `ids` [n] name, [n, size]. In int8 each row of the table has a scale. */
export function tokenRows(build: Build, name: string, ids: Value, rows: number, size: number): Value {
  const { graph, weights, largestInt8 } = build;
  const shape = [rows, size];
  if (largestInt8 === undefined) return graph.node("Gather", [parameter(build, name, shape), ids]);
  const narrow = narrowToInt8(weights.read(name, shape), rows);
  const table = graph.constant(`${name}.int8`, { type: "int8", shape, data: narrow.weights });
  const scales = graph.constant(`${name}.scales`, { type: "float32", shape: [rows, 1], data: narrow.scales });
  const found = graph.cast(graph.node("Gather", [table, ids]), "float32");
  return graph.node("Mul", [found, graph.node("Gather", [scales, ids])]);
}

/** LayerNorm over the last axis: [T, size] -> [T, size]. */
export function layerNorm(build: Build, module: string, x: Value, size: number, epsilon: number): Value {
  const weight = parameter(build, `${module}.weight`, [size]);
  const bias = parameter(build, `${module}.bias`, [size]);
  return build.graph.node("LayerNormalization", [x, weight, bias], { axis: -1, epsilon: { float: epsilon } });
}
