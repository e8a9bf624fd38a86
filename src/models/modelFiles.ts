import { readdir, stat } from "node:fs/promises";
import path from "node:path";

/** What a reading depends on, down to the labels' names and the thresholds; a folder need not hold all of it. */
const FILES = new Set(["card.json", "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"]);

/** The names of a checkpoint folder's own files, sorted; a device or a pipe, which might never end, is none. */
export async function modelFiles(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => FILES.has(name)).sort();
  const stats = await Promise.all(names.map((name) => stat(path.join(folder, name)).catch(() => undefined)));
  return names.filter((_, i) => stats[i]?.isFile());
}

/** What changes when a checkpoint folder's files are written anew; empty where they cannot be looked at. */
export async function modelStamp(folder: string): Promise<string> {
  try {
    const stats = await Promise.all((await modelFiles(folder)).map((name) => stat(path.join(folder, name))));
    return stats.map(({ size, mtimeMs }) => `${size} ${mtimeMs}`).join("; ");
  } catch {
    // Loading the model tells what is wrong with it.
    return "";
  }
}
