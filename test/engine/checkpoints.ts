import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { ROOT } from "../harness/environment";
import { randomWeights, writeSafetensors } from "./weights";

export const MODELS = path.join(ROOT, "models");
export const TINY = path.join(MODELS, "ponet-tiny");

/** Checkpoint folders made for one test, removed after it. */
export class CheckpointFolders {
  private readonly made: string[] = [];

  /** An empty folder of its own. */
  async empty(): Promise<string> {
    const folder = await mkdtemp(path.join(os.tmpdir(), "ponet-checkpoint-"));
    this.made.push(folder);
    return folder;
  }

  /** A copy of the bundled model without its card, so that a test may change any file. */
  async copyOfTiny(): Promise<string> {
    const folder = await this.empty();
    await cp(TINY, folder, { recursive: true });
    await rm(path.join(folder, "card.json"));
    return folder;
  }

  async removeAll(): Promise<void> {
    for (const folder of this.made.splice(0)) await rm(folder, { recursive: true, force: true });
  }
}

/** Changes one file of a folder. */
export async function rewrite(
  folder: string,
  name: string,
  change: (bytes: Buffer) => Uint8Array | string,
): Promise<void> {
  const file = path.join(folder, name);
  await writeFile(file, change(await readFile(file)));
}

/** The width of an encoder's vectors, its layers and, where they are not BERT's, the rows of its embedding table. */
interface Sizes {
  readonly d: number;
  readonly layers: number;
  readonly vocabulary?: number;
}

export const PUBLIC_SIZES: Sizes = { d: 768, layers: 12 };

/**
 * Writes a checkpoint folder of random weights as the authors' code leaves one that is fine-tuned from the public
 * checkpoint: its config.json, its tensors' names, a [CLS] head.
 */
export async function writePublicCheckpoint(
  folder: string,
  { d, layers, vocabulary = 30_522 }: Sizes,
  labels: readonly string[] = ["dull", "lively", "odd"],
): Promise<void> {
  const inner = 4 * d;
  const config = {
    _name_or_path: "ponet-base-uncased",
    architectures: ["PoNetForSequenceClassification"],
    attention_probs_dropout_prob: 0.1,
    gradient_checkpointing: false,
    hidden_act: "gelu",
    hidden_dropout_prob: 0.1,
    hidden_size: d,
    id2label: Object.fromEntries(labels.entries()),
    initializer_range: 0.02,
    intermediate_size: inner,
    label2id: Object.fromEntries(labels.map((label, i) => [label, i])),
    layer_norm_eps: 1e-12,
    max_position_embeddings: 512,
    model_type: "bert",
    num_attention_heads: Math.max(d / 64, 4),
    num_hidden_layers: layers,
    pad_token_id: 0,
    position_embedding_type: "absolute",
    problem_type: "single_label_classification",
    transformers_version: "4.7.0",
    type_vocab_size: 2,
    use_cache: true,
    clsgsepg: true,
    vocab_size: vocabulary,
  };
  const shapes: Record<string, number[]> = {
    "ponet.embeddings.word_embeddings.weight": [vocabulary, d],
    "ponet.embeddings.position_embeddings.weight": [512, d],
    "ponet.embeddings.token_type_embeddings.weight": [2, d],
    ...norm("ponet.embeddings.LayerNorm", d),
    ...dense("ponet.pooler.dense", d, d),
    ...dense("classifier", d, labels.length),
  };
  for (let i = 0; i < layers; i++) {
    const layer = `ponet.encoder.layer.${i}`;
    for (const part of ["q", "k", "o", "local", "segment"]) {
      Object.assign(shapes, dense(`${layer}.attention.self.dense_${part}`, d, d));
    }
    Object.assign(
      shapes,
      dense(`${layer}.attention.output.dense`, d, d),
      norm(`${layer}.attention.output.LayerNorm`, d),
    );
    Object.assign(shapes, dense(`${layer}.intermediate.dense`, d, inner), dense(`${layer}.output.dense`, inner, d));
    Object.assign(shapes, norm(`${layer}.output.LayerNorm`, d));
  }
  await writeFile(path.join(folder, "config.json"), JSON.stringify(config));
  await cp(path.join(TINY, "tokenizer.json"), path.join(folder, "tokenizer.json"));
  await writeFile(path.join(folder, "tokenizer_config.json"), JSON.stringify({ tokenizer_class: "BertTokenizer" }));
  await writeSafetensors(path.join(folder, "model.safetensors"), randomWeights(shapes));
}

/** Writes a checkpoint folder of random weights as the authors' Long Range Arena code trains them on bytes, and its card. */
export async function writeByteCheckpoint(folder: string, { d, layers }: Sizes): Promise<void> {
  const heads = 2;
  const inner = 2 * d;
  const vocabulary = 259;
  const positions = 64;
  const config = {
    learn_pos_emb: true,
    tied_weights: false,
    embedding_dim: d,
    transformer_dim: d,
    transformer_hidden_dim: inner,
    head_dim: d / heads,
    num_head: heads,
    num_layers: layers,
    vocab_size: vocabulary,
    max_seq_len: positions,
    pooling_mode: "MEAN",
    num_classes: 2,
    attn_type: "ponet",
  };
  const shapes: Record<string, number[]> = {
    "model.embeddings.word_embeddings.weight": [vocabulary, d],
    "model.embeddings.position_embeddings.weight": [positions, d],
    ...norm("model.norm", d),
    ...dense("seq_classifer.mlpblock.0", d, inner),
    ...dense("seq_classifer.mlpblock.2", inner, 2),
  };
  for (let i = 0; i < layers; i++) {
    const layer = `model.transformer_${i}`;
    for (const part of ["W_q", "W_k", "W_v", "W_local", "W_segment", "ff"]) {
      Object.assign(shapes, dense(`${layer}.mha.${part}`, d, d));
    }
    Object.assign(shapes, dense(`${layer}.mlpblock.0`, d, inner), dense(`${layer}.mlpblock.3`, inner, d));
    Object.assign(shapes, norm(`${layer}.norm1`, d), norm(`${layer}.norm2`, d));
  }
  await writeFile(path.join(folder, "config.json"), JSON.stringify(config));
  await writeFile(path.join(folder, "tokenizer_config.json"), JSON.stringify({ tokenizer_class: "ByT5Tokenizer" }));
  await writeSafetensors(path.join(folder, "model.safetensors"), randomWeights(shapes));

  const names = ["config.json", "tokenizer_config.json", "model.safetensors"];
  const sums = names.map(async (name) => [name, sha256(await readFile(path.join(folder, name)))] as const);
  const card = {
    description: "Random weights over bytes.",
    licence: "MIT",
    heads: { classifier: { labels: ["neg", "pos"] } },
    files: Object.fromEntries(await Promise.all(sums)),
  };
  await writeFile(path.join(folder, "card.json"), JSON.stringify(card));
}

const dense = (module: string, inputs: number, outputs: number) => ({
  [`${module}.weight`]: [outputs, inputs],
  [`${module}.bias`]: [outputs],
});
const norm = (module: string, d: number) => ({ [`${module}.weight`]: [d], [`${module}.bias`]: [d] });

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A checkpoint of each kind that PoNet's run tells apart, by what sets it apart. */
export const KINDS: Readonly<Record<string, (folders: CheckpointFolders) => Promise<string>>> = {
  "mean heads": () => Promise.resolve(TINY),
  "mean heads, [CLS] and [SEP] pooled as words are": async (folders) => {
    const folder = await folders.copyOfTiny();
    await rewrite(folder, "config.json", (json) => json.toString().replace('"clsgsepg": true', '"clsgsepg": false'));
    return folder;
  },
  "a [CLS] head": async (folders) => {
    const folder = await folders.empty();
    await writePublicCheckpoint(folder, { d: 64, layers: 3 });
    return folder;
  },
  "a Long Range Arena head, pre-norm, without [CLS] and [SEP]": async (folders) => {
    const folder = await folders.empty();
    await writeByteCheckpoint(folder, { d: 32, layers: 2 });
    return folder;
  },
};
