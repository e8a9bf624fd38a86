import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { UserError } from "../errors";

/** What Windows-1252 has from 0x80 to 0x9f; spaces where it has nothing. */
const WINDOWS_1252 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

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

function decoded(bytes: Buffer): string {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  const text = new TextDecoder().decode(bytes);
  if ((first === 0xef && second === 0xbb && third === 0xbf) || isUtf8(bytes)) return text;
  // A file may have been damaged: then most of what is not ASCII is still right.
  const [right, wrong] = [/[^\x00-\x7f\ufffd]/g, /\ufffd/g].map((pattern) => text.match(pattern)?.length ?? 0);
  if ((right ?? 0) > (wrong ?? 0)) return text;
  // Node.js takes Windows-1252 for Latin-1, which has control characters there.
  return bytes.toString("latin1").replace(/[\x80-\x9f]/g, (unit) => WINDOWS_1252[unit.charCodeAt(0) - 0x80] ?? unit);
}
