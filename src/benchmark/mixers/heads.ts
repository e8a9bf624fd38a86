import { linear, type Build } from "../../ponet/blocks";
import type { Graph, Value } from "../../ponet/onnx/graph";
import type { MixerSizes } from "./mixer";

/** Queries, keys and values of `x` [N, d], each [N, d]. */
export function projections(build: Build, { width }: MixerSizes, module: string, x: Value) {
  const project = (name: string) => linear(build, `${module}.${name}`, x, width, width);
  return { q: project("W_q"), k: project("W_k"), v: project("W_v") };
}

/** [N, d] to [h, N, e]. */
export function splitHeads(graph: Graph, { width, heads }: MixerSizes, x: Value): Value {
  const split = graph.node("Reshape", [x, graph.int64s(-1, heads, width / heads)]);
  return graph.node("Transpose", [split], { perm: [1, 0, 2] });
}

/** [h, N, e] to [N, d]. */
export function joinHeads(graph: Graph, { width }: MixerSizes, x: Value): Value {
  return graph.node("Reshape", [graph.node("Transpose", [x], { perm: [1, 0, 2] }), graph.int64s(-1, width)]);
}

/** [h, N, e] to [h, e, N]. */
export function transposed(graph: Graph, x: Value): Value {
  return graph.node("Transpose", [x], { perm: [0, 2, 1] });
}

/** Onnxruntime's fused softmax attention of queries [N, d] over keys and values [M, d]; the N M weights are never all there. */
export function fusedAttention(graph: Graph, { heads }: MixerSizes, q: Value, k: Value, v: Value): Value {
  const [query, key, value] = [q, k, v].map((x) => graph.node("Unsqueeze", [x, graph.int64s(0)]));
  if (!query || !key || !value) throw new Error("attention takes three tensors");
  const mixed = graph.microsoftNode("MultiHeadAttention", [query, key, value], { num_heads: heads });
  return graph.node("Squeeze", [mixed, graph.int64s(0)]);
}
