import { segment } from "../document/segment";
import type { ModelDescription } from "../models/description";
import { modelEntry } from "../models/registry";
import { checkLogits } from "./checkLogits";
import { tokenizeText } from "./document";
import { logitsOf } from "./logits";
import { loadModel, type LoadedModel } from "./model";
import { sequenceOf } from "./sequence";

const WORD = "A word.";

/**
 * Loads the model of a folder as an analysis on the CPU does, has it read a word, gives it back, and tells what it is.
 * @throws UserError when the folder cannot be used; see {@link loadModel} and {@link checkLogits}.
 */
export async function describe(folder: string, recordsFolder: string): Promise<ModelDescription> {
  const model = await loadModel(folder, { provider: "cpu", excluded: [], onTry: () => undefined }, recordsFolder);
  try {
    await checkNumbers(model, folder);
  } finally {
    await model.network.release();
  }
  const { config, heads } = model.checkpoint;
  return {
    ...(await modelEntry(folder)),
    layers: config.layers,
    width: config.hiddenSize,
    heads: heads.map(({ name, labels }) => ({ name, labels })),
  };
}

async function checkNumbers(model: LoadedModel, folder: string): Promise<void> {
  const document = tokenizeText(WORD, WORD, segment(WORD, "paragraph"), model.tokenizer);
  const sequences = [sequenceOf(document, model.checkpoint.config)];
  const control = { pause: () => Promise.resolve() };
  for await (const logits of logitsOf(sequences, model, control, () => undefined))
    checkLogits(logits, model.provider, folder, WORD);
}
