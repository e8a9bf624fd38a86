import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { BINARY_WITHIN } from "../document/binary";
import { errorCode, firstLine, reasonOf, UserError } from "../errors";
import { unlessAborted } from "../unlessAborted";

/** What Windows-1252 has from 0x80 to 0x9f; spaces where it has nothing. */
const WINDOWS_1252 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/** What is read of a file at most, unless less is asked for: no text has more. */
const MAX_BYTES = 2 ** 31;

/** A document as it was read from disk. */
export interface DocumentText {
  readonly text: string;
  /** The sha256 of its bytes, in hexadecimal. */
  readonly hash: string;
}

/** What ends the reading of a document. */
export interface ReadLimits {
  readonly mostBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a text: as its byte order mark says, else UTF-16 or UTF-8 or, where it is neither, Windows-1252, as old documents in
 * the languages of Western Europe are.
 * @throws UserError naming a file that cannot be read, that is too large or no text; CancelledError when the signal aborts.
 */
export async function readDocument(file: string, limits: ReadLimits = {}): Promise<DocumentText> {
  // The stream would first wait for what it has asked the system for.
  const bytes = await unlessAborted(contents(file, limits), limits.signal);
  const beginning = bytes.subarray(0, BINARY_WITHIN);
  const utf16 = utf16Of(beginning);
  if (!utf16 && beginning.includes(0)) throw new UserError(`"${file}" looks like a binary file: name a text file.`);
  const hash = createHash("sha256").update(bytes).digest("hex");
  try {
    return { text: utf16 ? new TextDecoder(utf16).decode(bytes) : decoded(bytes), hash };
  } catch (error) {
    throw new UserError(`"${file}" is too long to be read at once (${firstLine(error)}): split it.`, { cause: error });
  }
}

async function contents(file: string, { mostBytes = MAX_BYTES, signal }: ReadLimits): Promise<Buffer> {
  const pieces: Buffer[] = [];
  try {
    // A byte more tells what is too large: sizes are not to be believed of what grows, nor of the system's own files.
    const stream = createReadStream(file, { end: mostBytes, signal });
    for await (const piece of stream as AsyncIterable<Buffer>) pieces.push(piece);
  } catch (error) {
    // Node.js gives other names than these, and finds nothing under them.
    const wayOut =
      errorCode(error) === "ENOENT" && file.includes("\ufffd")
        ? "its name, or its folder's, is not in UTF-8, so rename that"
        : "name a text file that is there and that you may read";
    throw new UserError(`"${file}" cannot be read${reasonOf(error)}: ${wayOut}.`, { cause: error });
  }
  const bytes = Buffer.concat(pieces);
  if (bytes.length > mostBytes) throw tooLarge(file, mostBytes);
  return bytes;
}

/** That a document has more bytes than are read of one. */
export function tooLarge(file: string, mostBytes: number): UserError {
  return new UserError(`"${file}" is over ${mostBytes / 2 ** 20} MB: split it to have it classified.`);
}

/** Which UTF-16 it is, by a byte order mark or, as VS Code guesses too, by a zero in every second byte of its beginning. */
function utf16Of(beginning: Buffer): "utf-16le" | "utf-16be" | undefined {
  const [first, second] = beginning;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
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
