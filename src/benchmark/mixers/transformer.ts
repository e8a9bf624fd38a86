import { fusedAttention, projections } from "./heads";
import type { Mixer } from "./mixer";

/** Softmax attention (Vaswani et al. 2017). */
export const transformer: Mixer = (build, sizes, module, x) => {
  const { q, k, v } = projections(build, sizes, module, x);
  return fusedAttention(build.graph, sizes, q, k, v);
};
