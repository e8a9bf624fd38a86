import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { errorCode, TOO_LARGE, UserError } from "../errors";

export const CONFIG = "config.json";
export const WEIGHTS = "model.safetensors";

const TOKENIZER = "tokenizer.json";
const VOCABULARY = "vocab.txt";
const SHARDS = `${WEIGHTS}.index.json`;
const PYTORCH_WEIGHTS = "pytorch_model.bin";

/** How the text begins that a clone without Git LFS has in place of a file. */
const LFS_POINTER = "version https://git-lfs";

/** safetensors allows neither strides nor tensors that share their memory. */
const CONVERSION =
  'python -c "import torch; from safetensors.torch import save_file; ' +
  `save_file({k: v.contiguous().clone() for k, v in torch.load('${PYTORCH_WEIGHTS}', map_location='cpu', weights_only=True).items()}, '${WEIGHTS}')"`;

const TOKENIZER_CONVERSION =
  `python -c "from transformers import BertTokenizerFast; ` +
  `BertTokenizerFast.from_pretrained('.').save_pretrained('.')"`;

/**
 * Reads a file that a checkpoint folder must hold.
 * @throws UserError telling how to come by it, from what the folder holds in its place.
 */
export async function readRequired(folder: string, name: string): Promise<Uint8Array> {
  const file = path.join(folder, name);
  // What is no file, such as a device or a pipe, might never end.
  if (await isFile(file)) {
    await refuseLfsPointer(file);
    try {
      return await readFile(file);
    } catch (error) {
      if (errorCode(error) === TOO_LARGE) {
        throw new UserError(`"${file}" is over 2 GiB, the most that can be read: save it in float16.`);
      }
      // The rest is said below.
    }
  }
  const holds = (other: string) => isFile(path.join(folder, other));
  if (name === TOKENIZER && (await holds(VOCABULARY))) {
    throw new UserError(
      `The model folder "${folder}" has its vocabulary in ${VOCABULARY} alone: make ${TOKENIZER} of it by running, in that folder, ${TOKENIZER_CONVERSION}.`,
    );
  }
  if (name === WEIGHTS && (await holds(SHARDS))) {
    throw new UserError(
      `The model folder "${folder}" has its weights in several files: save them as one, with save_pretrained(..., max_shard_size="100GB").`,
    );
  }
  if (name === WEIGHTS && (await holds(PYTORCH_WEIGHTS))) {
    await refuseLfsPointer(path.join(folder, PYTORCH_WEIGHTS));
    throw new UserError(
      `The model folder "${folder}" has its weights in ${PYTORCH_WEIGHTS} alone: convert them to ${WEIGHTS} by running, in that folder, ${CONVERSION}.`,
    );
  }
  throw new UserError(
    `The model folder "${folder}" lacks a readable ${name}: choose a folder that holds ${CONFIG}, ${TOKENIZER}, ${WEIGHTS}.`,
  );
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isFile() ?? false;
}

async function refuseLfsPointer(file: string): Promise<void> {
  // What cannot be read is not refused here.
  const start = await buffer(createReadStream(file, { end: LFS_POINTER.length - 1 })).catch(() => undefined);
  if (start?.toString() !== LFS_POINTER) return;
  throw new UserError(
    `"${file}" is a Git LFS pointer, not the file itself: run "git lfs install" and "git lfs pull" in that folder.`,
  );
}
