import { CancelledError, UserError } from "../errors";
import type { ModelDescription } from "../models/description";
import { valueOf } from "./outcome";
import type { EngineProcess } from "./process";

/** What a model reads to show that it can. */
const WORD = {
  name: "A word.",
  text: "A word.",
  provider: "cpu",
  excludedProviders: [],
  segmentation: "paragraph",
} as const;

/**
 * Checks checkpoint folders, each in a process of its own: the model in use stays loaded, an analysis under way goes on,
 * and the folder's weights go with the process.
 */
export class FolderChecks {
  private readonly processes = new Set<EngineProcess>();
  private disposed = false;

  constructor(
    private readonly fork: () => EngineProcess,
    private readonly log: (line: string) => void,
  ) {}

  /**
   * Checks a folder as an analysis would and tells what it holds.
   * @throws UserError with a sentence for the user; CancelledError when `signal` aborts, or disposed meanwhile.
   */
  async describe(folder: string, signal?: AbortSignal): Promise<ModelDescription> {
    if (this.isOver(signal)) throw new CancelledError();
    const engine = this.fork();
    const end = (): void => {
      engine.kill();
    };
    this.processes.add(engine);
    signal?.addEventListener("abort", end, { once: true });
    try {
      const { outcome } = engine.ask("describe", { ...WORD, modelFolder: folder }, () => undefined);
      return valueOf(await outcome, this.log);
    } catch (error) {
      if (this.isOver(signal)) throw new CancelledError();
      if (error instanceof UserError) throw error;
      this.log(String(error));
      throw new UserError(
        `The engine stopped while it checked "${folder}": add it again; the "PoNet Lens" output channel has the details.`,
        { cause: error },
      );
    } finally {
      signal?.removeEventListener("abort", end);
      this.processes.delete(engine);
      engine.kill();
    }
  }

  dispose(): void {
    this.disposed = true;
    for (const engine of this.processes) engine.kill();
  }

  private isOver(signal: AbortSignal | undefined): boolean {
    return this.disposed || signal?.aborted === true;
  }
}
