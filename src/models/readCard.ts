import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseCard, type Card } from "./card";

/**
 * The card of a checkpoint folder; undefined where there is none.
 * @throws UserError naming a card.json that cannot be read as one.
 */
export async function readCard(folder: string): Promise<Card | undefined> {
  const file = path.join(folder, "card.json");
  const json = await readFile(file).catch(() => undefined);
  // Leaves a byte order mark out.
  return json && parseCard(new TextDecoder().decode(json), file);
}
