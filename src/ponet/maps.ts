import type { Graph, Value } from "./onnx/graph";
import type { Mixing } from "./pooling";

/** Pooling statistics that a row has by itself, in the order of the maps' last columns. */
export const ROW_STATISTICS = ["neighbourShare", "globalNorm", "segmentNorm", "localNorm"] as const;
export type RowStatistic = (typeof ROW_STATISTICS)[number];

/**
 * The pooling statistics of one layer's rows, reduced over channels in the graph, each [n]: the share of channels whose
 * window maximum is a neighbour's (none of a row that is not pooled), and the L2 norms of the three summands G, S' and L.
 */
export function rowStatistics(graph: Graph, mixing: Mixing): Record<RowStatistic, Value> {
  const overChannels = (op: string, x: Value) => graph.node(op, [x, graph.int64s(-1)], { keepdims: 0 });
  // onnxruntime's ReduceL2 is not vectorized.
  const norm = (x: Value) => graph.node("Sqrt", [overChannels("ReduceSum", graph.node("Mul", [x, x]))]);
  const isNeighbours = graph.cast(graph.node("Greater", [mixing.local, mixing.localInput]), "float32");
  return {
    neighbourShare: graph.node("Mul", [
      overChannels("ReduceMean", isNeighbours),
      graph.node("Reshape", [mixing.pooled, graph.int64s(-1)]),
    ]),
    globalNorm: norm(mixing.gatedGlobal),
    segmentNorm: norm(mixing.gatedSegment),
    localNorm: norm(mixing.local),
  };
}

/**
 * The share of the d channels whose maximum over all segments each segment holds, [K]; segments that hold the same
 * maximum share it, so that the shares add up to 1.
 * @param maxima [K, d]
 */
export function segmentShares(maxima: Float32Array, d: number): Float32Array {
  const shares = new Float32Array(maxima.length / d);
  const largest = new Float32Array(d).fill(-Infinity);
  const holders = new Uint32Array(d);
  for (let at = 0; at < maxima.length; at += d) {
    for (let channel = 0; channel < d; channel++) {
      const value = maxima[at + channel] ?? 0;
      const most = largest[channel] ?? 0;
      if (value > most) {
        largest[channel] = value;
        holders[channel] = 1;
      } else if (value === most) {
        holders[channel] = (holders[channel] ?? 0) + 1;
      }
    }
  }
  for (let segment = 0; segment < shares.length; segment++) {
    let share = 0;
    for (let channel = 0; channel < d; channel++) {
      if (maxima[segment * d + channel] === largest[channel]) share += 1 / (d * (holders[channel] ?? 1));
    }
    shares[segment] = share;
  }
  return shares;
}

/** [n] The mean over h heads of their attention [h, n]. */
export function meanOverHeads(attention: Float32Array, heads: number): Float32Array {
  const rows = attention.length / heads;
  const means = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = row; i < attention.length; i += rows) sum += attention[i] ?? 0;
    means[row] = sum / heads;
  }
  return means;
}
