import { layerNorm, linear, parameter, type Build } from "./blocks";
import type { PoNetConfig } from "./config";
import type { Encoder } from "./encoder";
import type { Value } from "./onnx/graph";
import type { Safetensors } from "./safetensors";

/**
 * A classification head found in a checkpoint.
 * `mean`: linear over the mean of the token vectors, so its logits are the mean of its tokens' logits.
 * `cls`: linear over the pooled [CLS] vector, as public checkpoints have it.
 * `arena`: an MLP over the mean of the token vectors, as the Long Range Arena models have it.
 */
export interface Head {
  readonly kind: "mean" | "cls" | "arena";
  readonly name: string;
  /** The module that holds its weights. */
  readonly module: string;
  readonly labels: number;
}

const MEAN_HEAD = /^heads\.([\w-]+)\.weight$/;
const CLS_HEAD = "classifier";
/** The authors' spelling. */
const ARENA_HEAD = "seq_classifer.mlpblock";

/** The heads whose weights a checkpoint holds, in its file's order. */
export function findHeads(weights: Safetensors): Head[] {
  const labels = (module: string) => weights.tensor(`${module}.weight`).shape[0] ?? 0;
  return weights.names.flatMap((name): Head[] => {
    const mean = MEAN_HEAD.exec(name)?.[1];
    if (mean !== undefined)
      return [{ kind: "mean", name: mean, module: `heads.${mean}`, labels: labels(`heads.${mean}`) }];
    if (name === `${CLS_HEAD}.weight`)
      return [{ kind: "cls", name: CLS_HEAD, module: CLS_HEAD, labels: labels(CLS_HEAD) }];
    if (name !== `${ARENA_HEAD}.2.weight`) return [];
    return [{ kind: "arena", name: CLS_HEAD, module: ARENA_HEAD, labels: labels(`${ARENA_HEAD}.2`) }];
  });
}

/** Logits of a head: [T, labels] of every token for a mean head, [B, labels] for the others. */
export function headLogits(build: Build, config: PoNetConfig, head: Head, encoded: Encoder): Value {
  const { hidden, inputs } = encoded;
  const d = config.hiddenSize;
  switch (head.kind) {
    case "mean":
      return linear(build, head.module, hidden, d, head.labels);
    case "cls":
      return linear(build, head.module, clsPooler(build, config, hidden, inputs.hiddenShape), d, head.labels);
    case "arena":
      return arenaClassifier(build, config, meanVector(build, config, encoded));
  }
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

/** The Long Range Arena head as its authors train it, over batches: with the mean over the padded length, [B, labels]. */
export function arenaHead(build: Build, config: PoNetConfig, { hidden, inputs }: Encoder): Value {
  const { graph } = build;
  const isReal = graph.node("Cast", [graph.node("Greater", [inputs.meanWeights, graph.scalar(0)])], { to: 1 });
  const masked = graph.node("Mul", [
    graph.node("Reshape", [hidden, inputs.hiddenShape]),
    graph.node("Transpose", [isReal], { perm: [0, 2, 1] }),
  ]);
  return arenaClassifier(build, config, graph.node("ReduceMean", [masked, graph.int64s(1)], { keepdims: 0 }));
}

/** The mean of the real tokens' vectors, [B, d]. */
function meanVector({ graph }: Build, { hiddenSize }: PoNetConfig, { hidden, inputs }: Encoder): Value {
  const sequences = graph.node("Reshape", [hidden, inputs.hiddenShape]);
  const means = graph.node("MatMul", [inputs.meanWeights, sequences]);
  return graph.node("Reshape", [means, graph.int64s(-1, hiddenSize)]);
}

/** An MLP with ReLU over a sequence's mean vector: [B, d] -> [B, labels]. */
function arenaClassifier(build: Build, config: PoNetConfig, mean: Value): Value {
  const [inner = 0, labels = 0] = [`${ARENA_HEAD}.0.bias`, `${ARENA_HEAD}.2.bias`].map(
    (name) => build.weights.tensor(name).data.length,
  );
  const activated = build.graph.node("Relu", [linear(build, `${ARENA_HEAD}.0`, mean, config.hiddenSize, inner)]);
  return linear(build, `${ARENA_HEAD}.2`, activated, inner, labels);
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
