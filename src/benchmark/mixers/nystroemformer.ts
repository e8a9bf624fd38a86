import { parameter } from "../../ponet/blocks";
import type { Graph, Value } from "../../ponet/onnx/graph";
import { fusedAttention, joinHeads, projections, splitHeads, transposed } from "./heads";
import type { Mixer, MixerSizes } from "./mixer";

/** Of the convolution over the values. */
const KERNEL = 35;
/** Of the approximation of a pseudoinverse. */
const ITERATIONS = 6;

/**
 * Softmax attention through averaged tokens (Xiong et al. 2021), with their convolution over the values. The number of
 * averaged tokens divides the length.
 */
export const nystroemformer: Mixer = (build, sizes, module, x) => {
  const { graph } = build;
  const { width, heads } = sizes;
  const { q, k, v } = projections(build, sizes, module, x);
  const [fewQ, fewK] = [q, k].map((rows) => averaged(graph, sizes, rows)) as [Value, Value];
  const byHead = (rows: Value) => splitHeads(graph, sizes, rows);

  const logits = graph.node("MatMul", [byHead(fewQ), transposed(graph, byHead(fewK))]);
  const scaled = graph.node("Mul", [logits, graph.scalar((width / heads) ** -0.5)]);
  const core = inverse(graph, sizes, graph.node("Softmax", [scaled], { axis: -1 }));
  // Multiplied from the right, and so no more than attention twice: neither [N, m] softmax is ever all there.
  const far = byHead(fusedAttention(graph, sizes, fewQ, k, v));
  const mixed = fusedAttention(graph, sizes, q, fewK, joinHeads(graph, sizes, graph.node("MatMul", [core, far])));

  const kernel = parameter(build, `${module}.conv.weight`, [heads, 1, KERNEL, 1]);
  const image = graph.node("Unsqueeze", [byHead(v), graph.int64s(0)]);
  const pad = (KERNEL - 1) / 2;
  const convolved = graph.node("Conv", [image, kernel], { group: heads, pads: [pad, 0, pad, 0] });
  return graph.node("Add", [mixed, joinHeads(graph, sizes, graph.node("Squeeze", [convolved, graph.int64s(0)]))]);
};

/** Means of equal runs of tokens: [N, d] to [m, d]. */
function averaged(graph: Graph, { width, length, landmarks }: MixerSizes, x: Value): Value {
  const runs = graph.node("Reshape", [x, graph.int64s(landmarks, length / landmarks, width)]);
  return graph.node("ReduceMean", [runs, graph.int64s(1)], { keepdims: 0 });
}

/** An approximate pseudoinverse of `a` [h, m, m], rows of which sum to 1. */
function inverse(graph: Graph, { landmarks: m }: MixerSizes, a: Value): Value {
  const eye = Float32Array.from({ length: m * m }, (_, i) => (i % (m + 1) === 0 ? 1 : 0));
  const times = (factor: number) =>
    graph.constant("eye", { type: "float32", shape: [m, m], data: eye.map((one) => one * factor) });
  const minus = (factor: number, x: Value) => graph.node("Sub", [times(factor), x]);
  const product = (x: Value, y: Value) => graph.node("MatMul", [x, y]);

  const columns = graph.node("ReduceSum", [a, graph.int64s(1)], { keepdims: 1 });
  const largest = graph.node("ReduceMax", [columns, graph.int64s(2)], { keepdims: 1 });
  let z = graph.node("Div", [transposed(graph, a), largest]);
  for (let i = 0; i < ITERATIONS; i++) {
    const az = product(a, z);
    const inner = product(az, minus(15, product(az, minus(7, az))));
    z = graph.node("Mul", [product(z, minus(13, inner)), graph.scalar(0.25)]);
  }
  return z;
}
