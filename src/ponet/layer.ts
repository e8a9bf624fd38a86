import { layerNorm, tokenLinear, type Build } from "./blocks";
import type { PoNetConfig } from "./config";
import { FINAL_NORM, layerNames, type LayerNames } from "./names";
import type { Value } from "./onnx/graph";

/**
 * What layer i mixes of its input [n, d]: the rows themselves (post-norm) or their LayerNorm (pre-norm). For i = layers:
 * the final token vectors of the last layer's output.
 */
export function layerInput(build: Build, config: PoNetConfig, i: number, hidden: Value): Value {
  if (config.norm === "post") return hidden;
  const module = i < config.layers ? layerNames(config, i).mixingNorm : FINAL_NORM;
  return layerNorm(build, module, hidden, config.hiddenSize, config.layerNormEps);
}

/** What layer i adds to its input of the rows it has mixed: W P + b, [n, d]. */
export function projection(build: Build, config: PoNetConfig, i: number, mixed: Value): Value {
  return tokenLinear(build, layerNames(config, i).mixed, mixed, config.hiddenSize, config.hiddenSize);
}

/**
 * What becomes of a layer's input [n, d] once its rows are mixed, [n, d].
 * Post-norm (BERT's layout): H1 = LN(M + H), H2 = LN(FFN(H1) + H1).
 * Pre-norm (Long Range Arena): H1 = H + M, H2 = H1 + FFN(LN(H1)).
 * @param mixed [n, d] M, the mixed rows as {@link projection} leaves them.
 */
export function layerOutput(build: Build, config: PoNetConfig, i: number, hidden: Value, mixed: Value): Value {
  const { graph } = build;
  const { hiddenSize: d, layerNormEps } = config;
  const names = layerNames(config, i);
  const norm = (module: string, x: Value) => layerNorm(build, module, x, d, layerNormEps);

  if (config.norm === "pre") {
    const first = graph.node("Add", [hidden, mixed]);
    return graph.node("Add", [first, feedForward(build, config, names, norm(names.outputNorm, first))]);
  }
  const first = norm(names.mixingNorm, graph.node("Add", [mixed, hidden]));
  return norm(names.outputNorm, graph.node("Add", [feedForward(build, config, names, first), first]));
}

/** Two linear maps with the exact (erf) GELU between. */
function feedForward(build: Build, config: PoNetConfig, names: LayerNames, x: Value): Value {
  const { hiddenSize: d, intermediateSize } = config;
  const inner = build.graph.node("Gelu", [tokenLinear(build, names.intermediate, x, d, intermediateSize)]);
  return tokenLinear(build, names.output, inner, intermediateSize, d);
}
