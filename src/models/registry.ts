import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../errors";
import type { Card } from "./card";
import type { ModelEntry } from "./description";
import { readCard } from "./readCard";

/**
 * The checkpoint folders bundled under `modelsFolder`, sorted by id: those that hold a card.json.
 * @throws UserError naming a card.json that cannot be read as one.
 */
export async function bundledModels(modelsFolder: string): Promise<ModelEntry[]> {
  const names = await readdir(modelsFolder);
  const found = await Promise.all(
    names.map(async (name): Promise<ModelEntry[]> => {
      const folder = path.join(modelsFolder, name);
      const card = await readCard(folder);
      return card ? [await entry(folder, card)] : [];
    }),
  );
  return found.flat().sort((a, b) => a.id.localeCompare(b.id));
}

/** The entry of any folder, also of one that is missing. A card that cannot be read is told when the model is loaded. */
export async function modelEntry(folder: string): Promise<ModelEntry> {
  return entry(folder, await readCard(folder).catch(() => undefined));
}

/**
 * The folder that a model's name stands for: an absolute path, or else a bundled id.
 * @throws UserError naming the value and the bundled ids when it is neither; see {@link bundledModels}.
 */
export async function modelFolder(value: string, modelsFolder: string): Promise<string> {
  if (path.isAbsolute(value)) return value;
  const bundled = await bundledModels(modelsFolder);
  const found = bundled.find(({ id }) => id === value);
  if (found) return found.folder;
  const ids = bundled.map(({ id }) => `"${id}"`).join(", ");
  throw new UserError(
    `"${value}" is neither a bundled model (${ids}) nor an absolute folder path: set "ponet.model" to one of them.`,
  );
}

async function entry(folder: string, card: Card | undefined): Promise<ModelEntry> {
  const weights = await stat(path.join(folder, "model.safetensors")).catch(() => undefined);
  return { id: path.basename(folder), folder, ...(card && { card }), ...(weights && { bytes: weights.size }) };
}
