import { linear, type Build } from "./blocks";
import type { PoNetConfig } from "./config";
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
const PREFIXED_HEAD = /^(.+?\.)(?:heads\.[\w-]+|classifier)\.weight$/;

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

/** What stands before the name of a head where not the model was saved, but what it was wrapped in for training. */
export function headPrefix(weights: Safetensors): string | undefined {
  return weights.names.map((name) => PREFIXED_HEAD.exec(name)?.[1]).find((prefix) => prefix !== undefined);
}

/** The logits of every token, [n, L], whose mean over the sequence is a mean head's logits. */
export function tokenLogits(build: Build, config: PoNetConfig, head: Head, hidden: Value): Value {
  return linear(build, head.module, hidden, config.hiddenSize, head.labels);
}

/** The final vectors of D documents as heads other than mean heads read them, each [D, d]. */
export interface PooledVectors {
  /** [CLS]'s. */
  readonly first: Value;
  readonly mean: Value;
}

/** The logits of a head over pooled vectors, [D, L]. */
export function pooledHeadLogits(build: Build, config: PoNetConfig, head: Head, { first, mean }: PooledVectors): Value {
  if (head.kind === "arena") return arenaClassifier(build, config, head, mean);
  return linear(build, head.module, clsPooler(build, config, first), config.hiddenSize, head.labels);
}

/** BERT's pooler: tanh of a linear map of the first token's final vector, [D, d]. */
export function clsPooler(build: Build, { hiddenSize: d }: PoNetConfig, first: Value): Value {
  return build.graph.node("Tanh", [linear(build, "ponet.pooler.dense", first, d, d)]);
}

/** An MLP with ReLU over a sequence's mean vector: [D, d] -> [D, L]. */
function arenaClassifier(build: Build, config: PoNetConfig, { module, labels }: Head, mean: Value): Value {
  const { hiddenSize: d, intermediateSize } = config;
  const activated = build.graph.node("Relu", [linear(build, `${module}.0`, mean, d, intermediateSize)]);
  return linear(build, `${module}.2`, activated, intermediateSize, labels);
}
