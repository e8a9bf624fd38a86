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
