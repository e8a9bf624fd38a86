import { stat } from "node:fs/promises";
import path from "node:path";
import { bundledModels } from "../models/registry";
import type { ShownModel } from "./modelTables";

/** The cards of the models under `modelsFolder` and how large their files are, sorted by id. */
export async function bundledCards(modelsFolder: string): Promise<ShownModel[]> {
  const shown = (await bundledModels(modelsFolder)).map(async ({ id, folder, card }): Promise<ShownModel[]> => {
    if (!card) return [];
    const files = Object.keys(card.files).map((name) => stat(path.join(folder, name)));
    const sizes = (await Promise.all(files)).map(({ size }) => size);
    return [{ id, card, bytes: sizes.reduce((sum, size) => sum + size, 0) }];
  });
  return (await Promise.all(shown)).flat();
}
