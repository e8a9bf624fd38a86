import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { UserError } from "../errors";
import { parseCard } from "./card";

/** A bundled model, as a picker shows it. */
export interface ModelEntry {
  readonly id: string;
  /** Absolute path of the checkpoint folder. */
  readonly folder: string;
  /** One line from the card. */
  readonly description: string;
}

/** The checkpoint folders bundled under `modelsFolder`, sorted by id: those that hold a card.json. */
export async function bundledModels(modelsFolder: string): Promise<ModelEntry[]> {
  const entries = await readdir(modelsFolder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry): Promise<ModelEntry[]> => {
      const folder = path.join(modelsFolder, entry.name);
      const card = path.join(folder, "card.json");
      const json = await readFile(card, "utf8").catch(() => undefined);
      return json === undefined ? [] : [{ id: entry.name, folder, description: parseCard(json, card).description }];
    }),
  );
  return found.flat().sort((a, b) => a.id.localeCompare(b.id));
}

/**
 * The folder that a model's name stands for: a bundled id, or else an absolute path.
 * @throws UserError naming the value and the bundled ids when it is neither.
 */
export async function modelFolder(value: string, modelsFolder: string): Promise<string> {
  const bundled = await bundledModels(modelsFolder);
  const found = bundled.find(({ id }) => id === value);
  if (found) return found.folder;
  if (path.isAbsolute(value)) return value;
  const ids = bundled.map(({ id }) => `"${id}"`).join(", ");
  throw new UserError(
    `"${value}" is neither a bundled model (${ids}) nor an absolute folder path: set "ponet.model" to one of them.`,
  );
}
