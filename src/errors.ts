/** A failure whose message is one sentence for the user: it names the file or setting and the way out. */
export class UserError extends Error {
  override readonly name = "UserError";
}

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
