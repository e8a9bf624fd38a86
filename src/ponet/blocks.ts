import type { Graph, Value } from "./onnx/graph";
import type { Safetensors } from "./safetensors";

/** Named parameters: those of a checkpoint, or made up where only the time they take counts. */
export type Weights = Pick<Safetensors, "read" | "tensor">;

/** A graph under construction and the weights it is made of. */
export interface Build {
  readonly graph: Graph;
  readonly weights: Weights;
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

/** LayerNorm over the last axis: [T, size] -> [T, size]. */
export function layerNorm(build: Build, module: string, x: Value, size: number, epsilon: number): Value {
  const weight = parameter(build, `${module}.weight`, [size]);
  const bias = parameter(build, `${module}.bias`, [size]);
  return build.graph.node("LayerNormalization", [x, weight, bias], { axis: -1, epsilon: { float: epsilon } });
}
