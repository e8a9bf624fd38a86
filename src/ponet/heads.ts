import { layerNorm, linear, parameter, type Build } from "./blocks";
import type { PoNetConfig } from "./config";
import type { Encoder } from "./encoder";
import type { Value } from "./onnx/graph";
import type { Safetensors } from "./safetensors";

/**
 * A classification head found in a checkpoint.
 * `mean`: linear over the mean of the token vectors, so its logits are the mean of its tokens' logits.
 * `cls`: linear over the pooled [CLS] vector, as public checkpoints have it.
 */
export interface Head {
  readonly kind: "mean" | "cls";
  readonly name: string;
  /** The module that holds its weights. */
  readonly module: string;
  readonly labels: number;
}

const MEAN_HEAD = /^heads\.([\w-]+)\.weight$/;
const CLS_HEAD = "classifier";

/** The heads whose weights a checkpoint holds, in its file's order. */
export function findHeads(weights: Safetensors): Head[] {
  const labels = (module: string) => weights.tensor(`${module}.weight`).shape[0] ?? 0;
  return weights.names.flatMap((name): Head[] => {
    const mean = MEAN_HEAD.exec(name)?.[1];
    if (mean !== undefined)
      return [{ kind: "mean", name: mean, module: `heads.${mean}`, labels: labels(`heads.${mean}`) }];
    if (name !== `${CLS_HEAD}.weight`) return [];
    return [{ kind: "cls", name: CLS_HEAD, module: CLS_HEAD, labels: labels(CLS_HEAD) }];
  });
}

/** Logits of a head: [T, labels] of every token for a mean head, [B, labels] for a [CLS] head. */
export function headLogits(build: Build, config: PoNetConfig, head: Head, { hidden, inputs }: Encoder): Value {
  if (head.kind === "mean") return linear(build, head.module, hidden, config.hiddenSize, head.labels);
  return linear(
    build,
    head.module,
    clsPooler(build, config, hidden, inputs.hiddenShape),
    config.hiddenSize,
    head.labels,
  );
}

/** BERT's pooler: tanh of a linear map of the first token's final vector, [B, d]. */
export function clsPooler(build: Build, config: PoNetConfig, hidden: Value, hiddenShape: Value): Value {
  const { graph } = build;
  const sequences = graph.node("Reshape", [hidden, hiddenShape]);
  const first = graph.node("Squeeze", [
    graph.node("Slice", [sequences, graph.int64s(0), graph.int64s(1), graph.int64s(1)]),
    graph.int64s(1),
  ]);
  return graph.node("Tanh", [linear(build, "ponet.pooler.dense", first, config.hiddenSize, config.hiddenSize)]);
}

/** The Long Range Arena head: an MLP with ReLU over the token vectors' mean over the padded length, [B, labels]. */
export function arenaHead(build: Build, config: PoNetConfig, { hidden, inputs }: Encoder): Value {
  const { graph, weights } = build;
  const module = "seq_classifer.mlpblock";
  const [inner = 0, labels = 0] = [`${module}.0.bias`, `${module}.2.bias`].map(
    (name) => weights.tensor(name).data.length,
  );
  const isReal = graph.node("Cast", [graph.node("Greater", [inputs.meanWeights, graph.scalar(0)])], { to: 1 });
  const masked = graph.node("Mul", [
    graph.node("Reshape", [hidden, inputs.hiddenShape]),
    graph.node("Transpose", [isReal], { perm: [0, 2, 1] }),
  ]);
  const mean = graph.node("ReduceMean", [masked, graph.int64s(1)], { keepdims: 0 });
  const activated = graph.node("Relu", [linear(build, `${module}.0`, mean, config.hiddenSize, inner)]);
  return linear(build, `${module}.2`, activated, inner, labels);
}

/** BERT's masked language modelling head, its decoder tied to the word embeddings: [T, vocabulary]. */
export function maskedLanguageHead(build: Build, config: PoNetConfig, { hidden }: Encoder): Value {
  const { graph } = build;
  const { hiddenSize: d, vocabSize, layerNormEps } = config;
  const module = "cls.predictions";
  const transformed = graph.node("Gelu", [linear(build, `${module}.transform.dense`, hidden, d, d)]);
  const normed = layerNorm(build, `${module}.transform.LayerNorm`, transformed, d, layerNormEps);
  const decoder = parameter(build, "ponet.embeddings.word_embeddings.weight", [vocabSize, d]);
  return graph.node("Gemm", [normed, decoder, parameter(build, `${module}.bias`, [vocabSize])], { transB: 1 });
}
