/** A failure whose message is one sentence for the user: it names the file or setting and the way out. */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** Nothing failed: something is to be done, or waited for, before what was asked for. The message says what. */
export class PreconditionError extends UserError {}

/** The analysis was cancelled, by the user or because its document changed; never shown as a failure. */
export class CancelledError extends Error {
  override readonly name = "CancelledError";
  constructor() {
    super("The analysis was cancelled.");
  }
}

/** The first line of an error's message, without its full stop, to be quoted within a sentence. */
export function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split("\n")[0] ?? message).replace(/\.$/, "");
}

/** What Node.js calls the reading of a file of more than 2 GiB. */
export const TOO_LARGE = "ERR_FS_FILE_TOO_LARGE";

/** What the system or Node.js calls an error, such as ENOENT; undefined of another. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

/** Why something cannot be read, in brackets after those words; nothing where it simply is not there: the way out says so. */
export function reasonOf(error: unknown): string {
  return errorCode(error) === "ENOENT" ? "" : ` (${firstLine(error)})`;
}

/** What opens a share of the network to VS Code's processes, where an error says that it is closed to them. */
export function blockedShare(error: unknown): string | undefined {
  if (errorCode(error) !== "ERR_UNC_HOST_NOT_ALLOWED") return undefined;
  return 'add the share\'s host to "security.allowedUNCHosts" and restart VS Code, or copy what is there to this machine';
}
