import { UserError } from "../errors";
import type { ExecutionProvider } from "../ponet/provider";

/** The engine process went away in the middle of an analysis, or the provider failed that it computes on. */
export class CrashError extends Error {
  constructor(
    /** The execution provider that failed or, as it was tried or computed on, may have. */
    readonly suspect: ExecutionProvider | undefined,
    cause: unknown,
  ) {
    super("the engine process ended", { cause });
  }

  forUser(name: string): UserError {
    const culprit = this.suspect
      ? `The engine stopped while it read "${name}" on "${this.suspect}": set "ponet.executionProvider" to "cpu" or, if it was short of memory, close other programs, then classify it again.`
      : `The engine stopped while it read "${name}": classify it again and, if it was short of memory, close other programs before, or choose a smaller model; the "PoNet Lens" output channel has the details.`;
    return new UserError(culprit, { cause: this });
  }
}

/** The provider failed, and the engine process could still say so: a device that was lost, say, is there for another process. */
export class ProviderError extends CrashError {}

/** What loads onnxruntime's library where it does not load, by `process.platform`. */
const REMEDIES: Partial<Record<NodeJS.Platform, string>> = {
  win32: "install the Microsoft Visual C++ Redistributable, then try again",
  darwin: "it needs macOS 14 or later on Apple silicon",
};

/** What a user is told of an engine process that cannot load its libraries, for this reason. */
export function unloadable(reason: string): UserError {
  const remedy = REMEDIES[process.platform] ?? "install what is missing, then try again";
  return new UserError(`onnxruntime, which computes the models, cannot be loaded (${reason}): ${remedy}.`);
}
