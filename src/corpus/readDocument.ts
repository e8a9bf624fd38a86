import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { errorCode, firstLine, TOO_LARGE, UserError } from "../errors";

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
 * @throws UserError naming a file that cannot be read, or that is no text.
 */
export async function readDocument(file: string): Promise<DocumentText> {
  const bytes = await contents(file);
  if (!isUtf16(bytes) && bytes.includes(0))
    throw new UserError(`"${file}" looks like a binary file: name a text file.`);
  const hash = createHash("sha256").update(bytes).digest("hex");
  try {
    return { text: decoded(bytes), hash };
  } catch (error) {
    throw new UserError(`"${file}" is too long to be read at once (${firstLine(error)}): split it.`, { cause: error });
  }
}

async function contents(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const why = errorCode(error) === TOO_LARGE ? "is over 2 GiB: split it" : "cannot be read: name a text file";
    throw new UserError(`"${file}" ${why}.`, { cause: error });
  }
}

/** By its byte order mark. */
function isUtf16([first, second]: Buffer): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function decoded(bytes: Buffer): string {
  const [first, second, third] = bytes;
  if (isUtf16(bytes)) return new TextDecoder(first === 0xff ? "utf-16le" : "utf-16be").decode(bytes);
  const text = new TextDecoder().decode(bytes);
  if ((first === 0xef && second === 0xbb && third === 0xbf) || isUtf8(bytes)) return text;
  if (isMostlyRight(text)) return text;
  // Node.js takes Windows-1252 for Latin-1, which has control characters there.
  return bytes.toString("latin1").replace(/[\x80-\x9f]/g, (unit) => WINDOWS_1252[unit.charCodeAt(0) - 0x80] ?? unit);
}

/** Whether a text is UTF-8 that has been damaged: then most of what is not ASCII is still right. */
function isMostlyRight(text: string): boolean {
  let more = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0xfffd) more--;
    else if (unit > 0x7f) more++;
  }
  return more > 0;
}
