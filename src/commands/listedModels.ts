import path from "node:path";
import type { ModelEntry } from "../models/description";
import type { Settings } from "../settings";

/** The models to choose from. */
export interface ListedModels {
  readonly bundled: readonly ModelEntry[];
  /** Those of `ponet.modelFolders`, and the one that `ponet.model` names. */
  readonly own: readonly ModelEntry[];
}

/** The models there are to choose from now. @throws UserError naming a bundled card.json that cannot be read as one */
export async function listedModels(settings: Settings, modelsFolder: string): Promise<ListedModels> {
  // Loaded at the first use, with the schemas it brings along: activation only registers.
  const { bundledModels, modelEntry } = await import("../models/registry");
  const current = settings.get("model");
  const folders = new Set([...settings.get("modelFolders"), ...(path.isAbsolute(current) ? [current] : [])]);
  const own = await Promise.all([...folders].map(modelEntry));
  return { bundled: await bundledModels(modelsFolder), own };
}
