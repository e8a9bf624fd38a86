import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { UserError } from "../errors";

/** A document as it was read from disk. */
export interface DocumentText {
  readonly text: string;
  /** The sha256 of its bytes, in hexadecimal. */
  readonly hash: string;
}

/**
 * Reads a text: UTF-8, or what its byte order mark says.
 * @throws UserError naming a file that cannot be read.
 */
export async function readDocument(file: string): Promise<DocumentText> {
  try {
    const bytes = await readFile(file);
    const hash = createHash("sha256").update(bytes).digest("hex");
    return { text: new TextDecoder(encoding(bytes)).decode(bytes), hash };
  } catch (error) {
    throw new UserError(`"${file}" cannot be read: name a text file.`, { cause: error });
  }
}

function encoding([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
