import type { PassStatistics } from "../analysis/poolingSums";
import type { Graph, Value } from "./onnx/graph";
import type { Mixing, MixingInputs } from "./mixing";
import type { PoNetConfig } from "./config";

/** The statistics of a layer, see {@link PassStatistics} for each one's meaning. */
export const LAYER_STATISTICS = [
  "attention",
  "segmentShare",
  "neighbourShare",
  "globalNorm",
  "segmentNorm",
  "localNorm",
] as const satisfies readonly (keyof PassStatistics)[];

/** The pooling statistics of one layer, reduced over channels in the graph: what leaves it is one number per token. */
export type LayerStatistics = Record<
  keyof PassStatistics,
  { readonly value: Value; readonly shape: readonly string[] }
>;

/** The statistics of one layer's mixing. `segmentRows` [K]: the row of the pooling tree that holds each segment. */
export function layerStatistics(
  graph: Graph,
  { hiddenSize: d }: PoNetConfig,
  mixing: Mixing,
  inputs: MixingInputs,
  segmentRows: Value,
): LayerStatistics {
  const overChannels = (op: string, x: Value) => graph.node(op, [x, graph.int64s(-1)], { keepdims: 0 });
  const perToken = (op: string, x: Value) => ({ value: overChannels(op, x), shape: ["T"] });
  const asFloat = (x: Value) => graph.node("Cast", [x], { to: 1 });

  const maxima = graph.node("Gather", [mixing.segmentRows, segmentRows]);
  const largest = graph.node("ReduceMax", [maxima, graph.int64s(0)], { keepdims: 1 });
  const holds = asFloat(graph.node("Equal", [maxima, largest]));
  const holders = graph.node("ReduceSum", [holds, graph.int64s(0)], { keepdims: 1 });
  const shares = graph.node("Div", [holds, graph.node("Mul", [holders, graph.scalar(d)])]);

  const gate = graph.node("Reshape", [mixing.gate, inputs.hiddenShape]);
  const fromGlobal = graph.node("Reshape", [graph.node("Mul", [gate, mixing.global]), graph.int64s(-1, d)]);
  return {
    attention: {
      value: graph.node("ReduceMean", [mixing.attention, graph.int64s(1)], { keepdims: 0 }),
      shape: ["B", "N"],
    },
    // Segments that hold the same maximum share it, so that the shares of all segments add up to 1.
    segmentShare: { value: overChannels("ReduceSum", shares), shape: ["K"] },
    neighbourShare: perToken("ReduceMean", asFloat(graph.node("Greater", [mixing.local, mixing.localInput]))),
    globalNorm: perToken("ReduceL2", fromGlobal),
    segmentNorm: perToken("ReduceL2", graph.node("Mul", [mixing.segment, mixing.gate])),
    localNorm: perToken("ReduceL2", mixing.local),
  };
}
