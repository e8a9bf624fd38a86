import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { ROOT } from "../harness/environment";

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

/** Writes a checkpoint folder of random weights in the layout of the public checkpoints, with a [CLS] head. */
export async function writePublicCheckpoint(folder: string, sizes: { d: number; layers: number }): Promise<void> {
  const { d, layers } = sizes;
  const vocabulary = 30_522;
  const config = {
    model_type: "ponet",
    vocab_size: vocabulary,
    hidden_size: d,
    num_hidden_layers: layers,
    num_attention_heads: 4,
    intermediate_size: 2 * d,
    max_position_embeddings: 512,
    type_vocab_size: 2,
    hidden_act: "gelu",
    layer_norm_eps: 1e-12,
    id2label: { 0: "dull", 1: "lively", 2: "odd" },
  };
  const shapes: Record<string, number[]> = {
    "ponet.embeddings.word_embeddings.weight": [vocabulary, d],
    "ponet.embeddings.position_embeddings.weight": [512, d],
    "ponet.embeddings.token_type_embeddings.weight": [2, d],
    ...norm("ponet.embeddings.LayerNorm", d),
    ...dense("ponet.pooler.dense", d, d),
    ...dense("classifier", d, 3),
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
    Object.assign(shapes, dense(`${layer}.intermediate.dense`, d, 2 * d), dense(`${layer}.output.dense`, 2 * d, d));
    Object.assign(shapes, norm(`${layer}.output.LayerNorm`, d));
  }
  await writeFile(path.join(folder, "config.json"), JSON.stringify(config));
  await cp(path.join(TINY, "tokenizer.json"), path.join(folder, "tokenizer.json"));
  await writeFile(path.join(folder, "model.safetensors"), randomSafetensors(shapes));
}

const dense = (module: string, inputs: number, outputs: number) => ({
  [`${module}.weight`]: [outputs, inputs],
  [`${module}.bias`]: [outputs],
});
const norm = (module: string, d: number) => ({ [`${module}.weight`]: [d], [`${module}.bias`]: [d] });

function randomSafetensors(shapes: Record<string, number[]>): Uint8Array {
  let offset = 0;
  const header = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const end = offset + 4 * shape.reduce((product, n) => product * n, 1);
      const entry = { dtype: "F32", shape, data_offsets: [offset, end] };
      offset = end;
      return [name, entry];
    }),
  );
  const json = Buffer.from(JSON.stringify(header));
  const file = Buffer.alloc(8 + json.length + offset);
  file.writeBigUInt64LE(BigInt(json.length));
  json.copy(file, 8);
  let seed = 1;
  for (let at = 8 + json.length; at < file.length; at += 4) {
    // Numerical Recipes' linear congruential generator: the same weights in every run.
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    file.writeFloatLE((seed / 2 ** 32 - 0.5) * 0.4, at);
  }
  return file;
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
