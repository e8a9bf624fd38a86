import type { Graph, Value } from "../../ponet/onnx/graph";
import { joinHeads, projections, splitHeads, transposed } from "./heads";
import type { Mixer } from "./mixer";

/** Attention with the kernel elu + 1 (Katharopoulos et al. 2020). */
export const linearAttention: Mixer = (build, sizes, module, x) => {
  const { graph } = build;
  const { q, k, v } = projections(build, sizes, module, x);
  const kernel = (rows: Value) =>
    graph.node("Add", [graph.node("Elu", [splitHeads(graph, sizes, rows)]), graph.scalar(1)]);
  return joinHeads(graph, sizes, weightedMeans(graph, kernel(q), kernel(k), splitHeads(graph, sizes, v)));
};

/** Features q, k [h, N, f] >= 0 and v [h, N, e] to the means of v weighted by q . k, [h, N, e]. */
export function weightedMeans(graph: Graph, q: Value, k: Value, v: Value): Value {
  const sums = graph.node("MatMul", [q, graph.node("MatMul", [transposed(graph, k), v])]);
  const total = transposed(graph, graph.node("ReduceSum", [k, graph.int64s(1)], { keepdims: 1 }));
  return graph.node("Div", [sums, graph.node("MatMul", [q, total])]);
}
