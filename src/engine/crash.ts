import type { ExecutionProvider } from "../analysis/analysis";
import { UserError } from "../errors";

/** The engine process went away in the middle of an analysis, or the provider failed that it computes on. */
export class CrashError extends Error {
  constructor(
    /** The execution provider that was being tried, or failed. */
    readonly trying: ExecutionProvider | undefined,
    cause: unknown,
  ) {
    super("the engine process ended", { cause });
  }

  forUser(name: string): UserError {
    const culprit = this.trying
      ? `The execution provider "${this.trying}" crashed the engine: set "ponet.executionProvider" to "cpu" and classify "${name}" again.`
      : `The engine stopped while it read "${name}": classify it again and, if it was short of memory, close other programs before, or choose a smaller model in "ponet.model"; the "PoNet Lens" output channel has the details.`;
    return new UserError(culprit, { cause: this });
  }
}
