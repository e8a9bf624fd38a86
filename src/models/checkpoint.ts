import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import path from "node:path";
import type { Temperature } from "../analysis/scores";
import type { Tokenizer } from "../document/tokenizer";
import { blockedShare, errorCode, reasonOf, UserError } from "../errors";
import { parseConfig, type PoNetConfig } from "../ponet/config";
import { findHeads, headPrefix, type Head } from "../ponet/heads";
import { embeddingNames, layerNames } from "../ponet/names";
import { Safetensors } from "../ponet/safetensors";
import type { Card } from "./card";
import { readCard } from "./readCard";
import { CONFIG, readRequired, WEIGHTS } from "./requiredFile";
import { readTokenizer, tokenizerFile } from "./tokenizer";

/** A head with what the card says of it. */
export interface LabelledHead extends Head {
  readonly labelNames: readonly string[];
  /** The score below which the best label is not to be believed. */
  readonly threshold?: number | undefined;
  /** What turns logits of texts, and of segments in their midst, into scores. */
  readonly temperature?: Temperature | undefined;
  readonly segmentTemperature?: Temperature | undefined;
}

/** A checkpoint folder, read and checked. */
export interface Checkpoint {
  /** The folder's name. */
  readonly id: string;
  readonly config: PoNetConfig;
  readonly weights: Safetensors;
  readonly tokenizer: Tokenizer;
  /** The one language that it has learned, where the card says so. */
  readonly language?: Card["language"];
  readonly heads: readonly LabelledHead[];
}

/** Embedding tables are filled up to a multiple of the first, of 64 or of the last: rows that no token has. */
const [LEAST_PADDED, MOST_PADDED] = [8, 128];

/**
 * Reads a checkpoint folder: `config.json`, `tokenizer.json` (`tokenizer_config.json` for a model of bytes),
 * `model.safetensors` and, where there is one, `card.json`.
 * @throws UserError naming the folder or file at fault: missing, damaged, unlike its card, or not matching the others.
 */
export async function readCheckpoint(folder: string): Promise<Checkpoint> {
  await checkFolder(folder);
  const card = await readCard(folder);
  const files = new Map<string, Uint8Array>();
  const tokenizerName = await tokenizerFile(folder);
  for (const name of new Set([CONFIG, tokenizerName, WEIGHTS, ...Object.keys(card?.files ?? {})])) {
    files.set(name, await readRequired(folder, name));
  }
  for (const [name, sha256] of Object.entries(card?.files ?? {})) {
    if (createHash("sha256").update(bytesOf(files, name)).digest("hex") === sha256) continue;
    throw new UserError(
      `"${path.join(folder, name)}" is not the file its card.json vouches for: copy or download the model again.`,
    );
  }

  const file = (name: string) => path.join(folder, name);
  const text = (name: string) => new TextDecoder().decode(bytesOf(files, name));
  const config = parseConfig(text(CONFIG), file(CONFIG));
  const weights = Safetensors.parse(bytesOf(files, WEIGHTS), file(WEIGHTS));
  checkWeights(weights, config);
  const tokenizer = readTokenizer(tokenizerName, text(tokenizerName), file(tokenizerName));
  checkTokenizer(tokenizer, config, folder, tokenizerName);
  const heads = labelled(weights, config, card, folder);
  if (!tokenizer.special && heads.some(({ kind }) => kind === "cls")) {
    throw new UserError(
      `"${file(WEIGHTS)}" has a head that reads [CLS], which "${file(tokenizerName)}" does not have: use the tokenizer.json of this model.`,
    );
  }
  const id = path.basename(folder);
  return { id, config: { ...config, special: tokenizer.special }, weights, tokenizer, language: card?.language, heads };
}

/** What the configuration leaves out would be left out of every reading; all else the shapes of the weights tell. */
function checkWeights(weights: Safetensors, config: PoNetConfig): void {
  const more = (what: string) =>
    new UserError(`"${weights.file}" holds ${what}: use the config.json that belongs to these weights.`);
  if (weights.has(`${layerNames(config, config.layers).mixed}.weight`)) {
    throw more(`more than the ${config.layers} layers of config.json`);
  }
  const { tokenTypes } = embeddingNames(config);
  if (config.tokenTypes === 0 && tokenTypes !== undefined && weights.has(tokenTypes)) {
    throw more("token types, of which config.json has none");
  }
}

function checkTokenizer({ vocabSize, special }: Tokenizer, config: PoNetConfig, folder: string, name: string): void {
  const file = path.join(folder, name);
  const unused = config.vocabSize - vocabSize;
  const isPadded = config.vocabSize % LEAST_PADDED === 0 && unused > 0 && unused < MOST_PADDED;
  if (unused !== 0 && !isPadded) {
    throw new UserError(
      `"${file}" has ${vocabSize} tokens where config.json has ${config.vocabSize} embeddings: ` +
        `use the ${name} that belongs to this model.`,
    );
  }
  if (config.special && (config.special.cls !== special?.cls || config.special.sep !== special.sep)) {
    throw new UserError(
      `"${file}" has other ids of [CLS] and [SEP] than the cls_id and sep_id of config.json: ` +
        `use the ${name} that belongs to this model.`,
    );
  }
}

function labelled(weights: Safetensors, config: PoNetConfig, card: Card | undefined, folder: string): LabelledHead[] {
  const heads = findHeads(weights);
  if (heads.length === 0) {
    const prefix = headPrefix(weights);
    if (prefix !== undefined) {
      throw new UserError(
        `"${weights.file}" has "${prefix}" before the names of its tensors: save the state dict of the model itself, without that prefix.`,
      );
    }
    throw new UserError(
      `"${path.join(folder, WEIGHTS)}" holds no classification head: choose a checkpoint fine-tuned for classification.`,
    );
  }
  for (const { name, labels } of heads) {
    if (heads.filter((other) => other.name === name).length > 1) {
      throw new UserError(
        `"${path.join(folder, WEIGHTS)}" holds two heads called "${name}", which nothing tells apart: rename one of them, or remove it.`,
      );
    }
    if (labels > 1) continue;
    throw new UserError(
      `"${path.join(folder, WEIGHTS)}" holds a head "${name}" of one label, as for regression ("num_labels": 1 in ${CONFIG}), ` +
        "whose score would always be 100%: choose a checkpoint fine-tuned for classification.",
    );
  }
  const order = new Map(Object.keys(card?.heads ?? {}).map((name, place) => [name, place]));
  // Heads that the card does not name come last.
  const place = ({ name }: Head): number => order.get(name) ?? order.size;
  const inCardOrder = [...heads].sort((a, b) => place(a) - place(b));
  return inCardOrder.map((head) => {
    const { labels, threshold, temperature, segmentTemperature } = card?.heads[head.name] ?? {};
    const known = labels ?? (head.kind === "cls" ? config.labels : undefined);
    if (known && known.length !== head.labels) {
      throw new UserError(
        `"${folder}" names ${known.length} labels for the head "${head.name}", which has ${head.labels}: ` +
          "use the card.json and config.json that belong to these weights.",
      );
    }
    // Hugging Face's own names for labels that a checkpoint does not name.
    const labelNames = known ?? Array.from({ length: head.labels }, (_, i) => `LABEL_${i}`);
    return { ...head, labelNames, threshold, temperature, segmentTemperature };
  });
}

async function checkFolder(folder: string): Promise<void> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(folder)).isDirectory();
  } catch (error) {
    const blocked = blockedShare(error);
    if (blocked !== undefined) throw new UserError(`The model folder "${folder}" cannot be read: ${blocked}.`);
    const what = ["ENOENT", "ENOTDIR"].includes(errorCode(error) ?? "")
      ? "does not exist"
      : `cannot be read${reasonOf(error)}`;
    throw new UserError(`The model folder "${folder}" ${what}: choose a bundled model or another checkpoint folder.`);
  }
  if (!isFolder) throw new UserError(`The model folder "${folder}" is a file: choose the folder that it lies in.`);
}

function bytesOf(files: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  return files.get(name) ?? new Uint8Array();
}
