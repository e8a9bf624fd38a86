import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { WordPiece } from "../document/wordpiece";
import { UserError } from "../errors";
import { parseConfig, type PoNetConfig } from "../ponet/config";
import { findHeads, type Head } from "../ponet/heads";
import { Safetensors } from "../ponet/safetensors";
import { parseCard, type Card } from "./card";

/** A head with the names of its labels. */
export interface LabelledHead extends Head {
  readonly labelNames: readonly string[];
}

/** A checkpoint folder, read and checked. */
export interface Checkpoint {
  /** The folder's name. */
  readonly id: string;
  readonly config: PoNetConfig;
  readonly weights: Safetensors;
  readonly tokenizer: WordPiece;
  readonly heads: readonly LabelledHead[];
}

const CARD = "card.json";
const REQUIRED_FILES = ["config.json", "tokenizer.json", "model.safetensors"] as const;

/**
 * Reads a checkpoint folder: `config.json`, `tokenizer.json`, `model.safetensors` and, where there is one, `card.json`.
 * @throws UserError naming the folder or file at fault: missing, damaged, unlike its card, or not matching the others.
 */
export async function readCheckpoint(folder: string): Promise<Checkpoint> {
  if (!(await isFolder(folder))) {
    throw new UserError(
      `The model folder "${folder}" does not exist: choose a bundled model or another checkpoint folder (setting "ponet.model").`,
    );
  }
  const card = await readCard(folder);
  const files = new Map<string, Uint8Array>();
  for (const name of new Set([...REQUIRED_FILES, ...Object.keys(card?.files ?? {})])) {
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
  const config = parseConfig(text("config.json"), file("config.json"));
  const weights = Safetensors.parse(bytesOf(files, "model.safetensors"), file("model.safetensors"));
  const tokenizer = WordPiece.parse(text("tokenizer.json"), file("tokenizer.json"));
  if (tokenizer.vocabSize !== config.vocabSize) {
    throw new UserError(
      `"${file("tokenizer.json")}" has ${tokenizer.vocabSize} tokens where config.json has ${config.vocabSize} embeddings: ` +
        "use the tokenizer.json that belongs to this model.",
    );
  }
  const heads = labelled(findHeads(weights), config, card, folder);
  const { cls, sep } = tokenizer.special;
  return { id: path.basename(folder), config: { ...config, special: { cls, sep } }, weights, tokenizer, heads };
}

function labelled(heads: Head[], config: PoNetConfig, card: Card | undefined, folder: string): LabelledHead[] {
  if (heads.length === 0) {
    throw new UserError(
      `"${path.join(folder, "model.safetensors")}" holds no classification head: choose a checkpoint fine-tuned for classification.`,
    );
  }
  const order = Object.keys(card?.heads ?? {});
  const inCardOrder = [...heads].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  return inCardOrder.map((head) => {
    const known = card?.heads[head.name]?.labels ?? (head.kind === "cls" ? config.labels : undefined);
    if (known && known.length !== head.labels) {
      throw new UserError(
        `"${folder}" names ${known.length} labels for the head "${head.name}", which has ${head.labels}: ` +
          "use the card.json and config.json that belong to these weights.",
      );
    }
    // Hugging Face's own names for labels that a checkpoint does not name.
    return { ...head, labelNames: known ?? Array.from({ length: head.labels }, (_, i) => `LABEL_${i}`) };
  });
}

async function isFolder(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => undefined))?.isDirectory() ?? false;
}

async function readRequired(folder: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(path.join(folder, name));
  } catch {
    throw new UserError(
      `The model folder "${folder}" lacks a readable ${name}: choose a folder that holds ${REQUIRED_FILES.join(", ")}.`,
    );
  }
}

async function readCard(folder: string): Promise<Card | undefined> {
  const file = path.join(folder, CARD);
  const json = await readFile(file, "utf8").catch(() => undefined);
  return json === undefined ? undefined : parseCard(json, file);
}

function bytesOf(files: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  return files.get(name) ?? new Uint8Array();
}
