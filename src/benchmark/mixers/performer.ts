import { parameter } from "../../ponet/blocks";
import type { Value } from "../../ponet/onnx/graph";
import { joinHeads, projections, splitHeads } from "./heads";
import { weightedMeans } from "./linear";
import type { Mixer } from "./mixer";

const EPSILON = 1e-4;

/** Softmax attention through positive orthogonal random features (Choromanski et al. 2021). */
export const performer: Mixer = (build, sizes, module, x) => {
  const { graph } = build;
  const { width, heads, features } = sizes;
  const e = width / heads;
  const { q, k, v } = projections(build, sizes, module, x);
  const directions = graph.node("Transpose", [parameter(build, `${module}.features`, [features, e])], { perm: [1, 0] });
  const kernel = (rows: Value, over: readonly number[]) => {
    const scaled = graph.node("Mul", [splitHeads(graph, sizes, rows), graph.scalar(e ** -0.25)]);
    const squares = graph.node("ReduceSumSquare", [scaled, graph.int64s(-1)], { keepdims: 1 });
    const logits = graph.node("Sub", [
      graph.node("MatMul", [scaled, directions]),
      graph.node("Mul", [squares, graph.scalar(0.5)]),
    ]);
    const largest = graph.node("ReduceMax", [logits, graph.int64s(...over)], { keepdims: 1 });
    return graph.node("Add", [graph.node("Exp", [graph.node("Sub", [logits, largest])]), graph.scalar(EPSILON)]);
  };
  return joinHeads(graph, sizes, weightedMeans(graph, kernel(q, [2]), kernel(k, [1, 2]), splitHeads(graph, sizes, v)));
};
