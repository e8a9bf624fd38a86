import { linear } from "../ponet/blocks";
import { embeddings } from "../ponet/embeddings";
import { tokenLogits } from "../ponet/heads";
import { layerOutput, projection } from "../ponet/layer";
import { Graph } from "../ponet/onnx/graph";
import { fnet } from "./mixers/fnet";
import type { Mixer } from "./mixers/mixer";
import { HEAD, mixerSizes, MODEL } from "./model";
import { RandomWeights } from "./randomWeights";

/**
 * PoNet's encoder with another token mixing: `ids` and `positions` [N] to the token logits of one head, [N, L]. All but
 * the mixing are PoNet's own blocks; FNet's has no parameters, and so no projection.
 */
export function encoderGraph(mixer: Mixer, length: number): Uint8Array {
  const build = { graph: new Graph("encoder"), weights: new RandomWeights() };
  const { graph } = build;
  const input = (name: string) => graph.input(name, "int32", [length]);
  let hidden = embeddings(build, MODEL, { ids: input("ids"), positions: input("positions") });
  for (let i = 0; i < MODEL.layers; i++) {
    const mixed = mixer(build, mixerSizes(length), `mixer.${i}`, hidden);
    hidden = layerOutput(build, MODEL, i, hidden, mixer === fnet ? mixed : projection(build, MODEL, i, mixed));
  }
  graph.output("logits", tokenLogits(build, MODEL, HEAD, hidden), [length, HEAD.labels]);
  return graph.serialize();
}

/**
 * The matrix products of PoNet's layers and nothing else, one after the other: `hidden` [n, d] to `made` [n, d]. Their
 * time is what PoNet would take if all else were free.
 */
export function productsGraph(): Uint8Array {
  const build = { graph: new Graph("products"), weights: new RandomWeights() };
  const { graph } = build;
  const { hiddenSize: d, intermediateSize, layers } = MODEL;
  let x = graph.input("hidden", "float32", ["n", d]);
  for (let i = 0; i < layers; i++) {
    for (const name of ["segment", "local", "o", "mixed"]) x = linear(build, `${i}.${name}`, x, d, d);
    x = linear(build, `${i}.output`, linear(build, `${i}.intermediate`, x, d, intermediateSize), intermediateSize, d);
  }
  graph.output("made", x, ["n", d]);
  return graph.serialize();
}
