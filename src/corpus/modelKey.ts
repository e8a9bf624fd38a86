import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";

/** What a reading depends on, down to the labels' names and the thresholds; a folder need not hold all of it. */
const FILES = new Set(["card.json", "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"]);

/**
 * What tells the model of a checkpoint folder from others, and from itself after more training: the folder's name and
 * the beginning of the sha256 of its files.
 */
export async function modelKey(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const name of (await readdir(folder)).filter((each) => FILES.has(each)).sort()) {
    hash.update(name);
    for await (const chunk of createReadStream(path.join(folder, name))) hash.update(chunk as Buffer);
  }
  return `${path.basename(folder)}@${hash.digest("hex").slice(0, 12)}`;
}
