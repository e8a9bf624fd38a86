import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import path from "node:path";
import { modelFiles, modelStamp } from "./modelFiles";

/** Counted up where the same files would read a text otherwise than before: what was kept is of another reading then. */
const READING = 9;

/** Weights can be large: they are read again only where their files have been written anew. */
const known = new Map<string, { readonly stamp: string; readonly hash: Promise<string> }>();

/**
 * What tells the model of a checkpoint folder from others, and from itself after more training: the folder's name and
 * the beginning of the sha256 of its files.
 * @throws an error when a file cannot be read
 */
export async function modelKey(folder: string): Promise<string> {
  const stamp = await modelStamp(folder);
  let entry = known.get(folder);
  if (entry?.stamp !== stamp || stamp === "") {
    entry = { stamp, hash: hashOf(folder) };
    known.set(folder, entry);
  }
  try {
    return `${path.basename(folder)}@${await entry.hash}`;
  } catch (error) {
    known.delete(folder);
    throw error;
  }
}

async function hashOf(folder: string): Promise<string> {
  const hash = createHash("sha256").update(`${READING}`);
  for (const name of await modelFiles(folder)) {
    hash.update(name);
    for await (const chunk of createReadStream(path.join(folder, name))) hash.update(chunk as Buffer);
  }
  return hash.digest("hex").slice(0, 12);
}
