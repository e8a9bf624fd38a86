import { layerNorm, linear, parameter, type Build } from "../ponet/blocks";
import type { PoNetConfig } from "../ponet/config";
import { clsPooler, findHeads, pooledHeadLogits } from "../ponet/heads";
import { Graph, type Value } from "../ponet/onnx/graph";
import type { Safetensors } from "../ponet/safetensors";

/**
 * Every head of the authors' models over the final vectors `hidden` [n, d] of a sequence and `mean` [1, d], with outputs
 * named as the golden tensors are.
 */
export function parityHeadsGraph(config: PoNetConfig, weights: Safetensors): Uint8Array {
  const build = { graph: new Graph("parity heads"), weights };
  const { graph } = build;
  const hidden = graph.input("hidden", "float32", ["n", config.hiddenSize]);
  const mean = graph.input("mean", "float32", [1, config.hiddenSize]);
  const first = graph.node("Slice", [hidden, graph.int64s(0), graph.int64s(1), graph.int64s(0)]);
  for (const [name, value] of Object.entries(heads(build, config, hidden, { first, mean }))) {
    // Output shapes are declared by rank alone.
    graph.output(name, value, [`${name}_0`, `${name}_1`]);
  }
  return graph.serialize();
}

function heads(
  build: Build & { readonly weights: Safetensors },
  config: PoNetConfig,
  hidden: Value,
  vectors: { readonly first: Value; readonly mean: Value },
): Record<string, Value> {
  const d = config.hiddenSize;
  const [head] = findHeads(build.weights);
  if (config.norm === "pre") return head ? { "out.logits": pooledHeadLogits(build, config, head, vectors) } : {};
  const pooled = clsPooler(build, config, vectors.first);
  const classifier = "classifier";
  const labels = build.weights.tensor(`${classifier}.bias`).data.length;
  const relationship = "cls.seq_relationship";
  const relations = build.weights.tensor(`${relationship}.bias`).data.length;
  return {
    "out.pooler_output": pooled,
    "out.seq_cls_logits": linear(build, classifier, pooled, d, labels),
    "out.token_cls_logits": linear(build, classifier, hidden, d, labels),
    "out.seq_relationship_logits": linear(build, relationship, pooled, d, relations),
    "out.mlm_logits": maskedLanguageHead(build, config, hidden),
  };
}

/** BERT's masked language modelling head, its decoder tied to the word embeddings: [n, vocabulary]. */
function maskedLanguageHead(build: Build, config: PoNetConfig, hidden: Value): Value {
  const { graph } = build;
  const { hiddenSize: d, vocabSize, layerNormEps } = config;
  const module = "cls.predictions";
  const transformed = graph.node("Gelu", [linear(build, `${module}.transform.dense`, hidden, d, d)]);
  const normed = layerNorm(build, `${module}.transform.LayerNorm`, transformed, d, layerNormEps);
  const decoder = parameter(build, "ponet.embeddings.word_embeddings.weight", [vocabSize, d]);
  return graph.node("Gemm", [normed, decoder, parameter(build, `${module}.bias`, [vocabSize])], { transB: 1 });
}
