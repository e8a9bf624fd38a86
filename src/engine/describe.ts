import type { ModelDescription } from "../models/description";
import { modelEntry } from "../models/registry";
import { loadModel } from "./model";

/**
 * Loads the model of a folder as an analysis on the CPU does, gives it back, and tells what it is.
 * @throws UserError when the folder cannot be used; see {@link loadModel}.
 */
export async function describe(folder: string, recordsFolder: string): Promise<ModelDescription> {
  const { checkpoint, network } = await loadModel(
    folder,
    { provider: "cpu", excluded: [], onTry: () => undefined },
    recordsFolder,
  );
  await network.release();
  const { config, heads } = checkpoint;
  return {
    ...(await modelEntry(folder)),
    layers: config.layers,
    width: config.hiddenSize,
    heads: heads.map(({ name, labels }) => ({ name, labels })),
  };
}
