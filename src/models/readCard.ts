import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { errorCode, firstLine, UserError } from "../errors";
import { parseCard, type Card } from "./card";

/** The cards of the bundled models have a fiftieth of it. */
const MAX_BYTES = 2 ** 20;

/**
 * The card of a checkpoint folder; undefined where there is none.
 * @throws UserError naming a card.json that cannot be read as one.
 */
export async function readCard(folder: string): Promise<Card | undefined> {
  const file = path.join(folder, "card.json");
  try {
    // What is no file, such as a device or a pipe, might never end.
    if (!(await stat(file)).isFile()) throw new UserError(`"${file}" is no file: remove it.`);
    const bytes = await buffer(createReadStream(file, { end: MAX_BYTES }));
    if (bytes.length > MAX_BYTES)
      throw new UserError(`"${file}" is over 1 MiB, too large for a model card: remove it.`);
    // Leaves a byte order mark out.
    return parseCard(new TextDecoder().decode(bytes), file);
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (["ENOENT", "ENOTDIR"].includes(errorCode(error) ?? "")) return undefined;
    throw new UserError(`"${file}" cannot be read (${firstLine(error)}): see that you may read it, or remove it.`, {
      cause: error,
    });
  }
}
