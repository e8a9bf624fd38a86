import { parameter } from "../../ponet/blocks";
import { fusedAttention, joinHeads, projections, splitHeads } from "./heads";
import type { Mixer } from "./mixer";

/** Keys and values projected along the sequence by one learned map (Wang et al. 2020): as long as the sequence may be. */
export const linformer: Mixer = (build, sizes, module, x) => {
  const { graph } = build;
  const { q, k, v } = projections(build, sizes, module, x);
  const map = parameter(build, `${module}.E`, [sizes.heads, sizes.linformerRows, sizes.length]);
  const shrunk = [k, v].map((rows) =>
    joinHeads(graph, sizes, graph.node("MatMul", [map, splitHeads(graph, sizes, rows)])),
  );
  const [key = k, value = v] = shrunk;
  return fusedAttention(graph, sizes, q, key, value);
};
