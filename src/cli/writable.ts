import { open } from "node:fs/promises";
import { errorCode, firstLine, UserError } from "../errors";

/**
 * Before a run: what cannot be written is not to be found out after hours. What an earlier one wrote stays meanwhile.
 * @param option the one that named the file
 * @throws UserError naming the file, and what to do about it
 */
export async function checkWritable(file: string, option: string): Promise<void> {
  try {
    await (await open(file, "a")).close();
  } catch (cause) {
    // What Windows says of a file that another program has open.
    const isOpen = errorCode(cause) === "EBUSY";
    const wayOut = isOpen ? "close what has it open, then try again" : `name a file in a folder of yours (${option})`;
    throw notWritten(file, cause, wayOut);
  }
}

/** That a file could not be written; `wayOut` completes the sentence. */
export function notWritten(file: string, cause: unknown, wayOut: string): UserError {
  return new UserError(`"${file}" cannot be written (${firstLine(cause)}): ${wayOut}.`, { cause });
}
