import { isUtf8 } from "node:buffer";
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
 * Reads a text: as its byte order mark says, else UTF-8 or, where it is none, Windows-1252, as old documents in the languages of
 * Western Europe are.
 * @throws UserError naming a file that cannot be read.
 */
export async function readDocument(file: string): Promise<DocumentText> {
  try {
    const bytes = await readFile(file);
    const hash = createHash("sha256").update(bytes).digest("hex");
    return { text: decoded(bytes), hash };
  } catch (error) {
    throw new UserError(`"${file}" cannot be read: name a text file.`, { cause: error });
  }
}

function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder(isUtf8(bytes) ? "utf-8" : "windows-1252").decode(bytes);
}
