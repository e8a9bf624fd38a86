import type { Columns } from "../../maps/columns";
import { highest } from "../../maps/highest";

/**
 * The token that stands for each column of pixels: of several in one, that with the highest mean over the layers.
 *
 * @param means [T] as {@link meanShares} has them, of T tokens.
 */
export function highestTokens(columns: Columns, means: Float32Array): Uint32Array {
  return Uint32Array.from({ length: columns.count }, (_, column) =>
    highest(columns.segmentsOf(column), (token) => means[token] ?? NaN),
  );
}

/** The share of the attention on each token, mean over the layers: [T] of [layers, T]. */
export function meanShares(shares: Float32Array, layers: number): Float32Array {
  const tokens = shares.length / layers;
  return Float32Array.from({ length: tokens }, (_, token) => {
    let sum = 0;
    for (let layer = 0; layer < layers; layer++) sum += shares[layer * tokens + token] ?? 0;
    return sum / layers;
  });
}
