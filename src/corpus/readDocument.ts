import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { errorCode, firstLine, TOO_LARGE, UserError } from "../errors";

/** What Windows-1252 has from 0x80 to 0x9f; spaces where it has nothing. */
const WINDOWS_1252 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/** How many bytes an encoding is guessed by. */
const GUESSED_BY = 512;

/** A document as it was read from disk. */
export interface DocumentText {
  readonly text: string;
  /** The sha256 of its bytes, in hexadecimal. */
  readonly hash: string;
}

/**
 * Reads a text: as its byte order mark says, else UTF-16 or UTF-8 or, where it is neither, Windows-1252, as old documents in
 * the languages of Western Europe are.
 * @throws UserError naming a file that cannot be read, or that is no text.
 */
export async function readDocument(file: string): Promise<DocumentText> {
  const bytes = await contents(file);
  const utf16 = utf16Of(bytes);
  if (!utf16 && bytes.includes(0)) throw new UserError(`"${file}" looks like a binary file: name a text file.`);
  const hash = createHash("sha256").update(bytes).digest("hex");
  try {
    return { text: utf16 ? new TextDecoder(utf16).decode(bytes) : decoded(bytes), hash };
  } catch (error) {
    throw new UserError(`"${file}" is too long to be read at once (${firstLine(error)}): split it.`, { cause: error });
  }
}

async function contents(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const why =
      errorCode(error) === TOO_LARGE
        ? "is over 2 GiB: split it"
        : "cannot be read: name a text file that is there and that you may read";
    throw new UserError(`"${file}" ${why}.`, { cause: error });
  }
}

/** Which UTF-16 it is, by a byte order mark or, as VS Code guesses too, by a zero in every second byte of its beginning. */
function utf16Of(bytes: Buffer): "utf-16le" | "utf-16be" | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const beginning = bytes.subarray(0, GUESSED_BY);
  const zeros = (odd: number) => beginning.length > 1 && beginning.every((byte, i) => (byte === 0) === (i % 2 === odd));
  if (zeros(1)) return "utf-16le";
  return zeros(0) ? "utf-16be" : undefined;
}

function decoded(bytes: Buffer): string {
  const [first, second, third] = bytes;
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
