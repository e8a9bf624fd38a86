import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import * as z from "zod";
import type { ProviderTrial } from "../../analysis/analysis";
import { env } from "../../ponet/onnxruntime";
import { EXECUTION_PROVIDERS } from "../../ponet/provider";
import { gpuIds, nvidiaDriver } from "./adapters";

const Trial = z.object({
  provider: z.enum(EXECUTION_PROVIDERS),
  adapter: z.string().optional(),
  tokensPerSecond: z.number().positive().optional(),
  leftOut: z.string().optional(),
});
const Record = z.object({ machine: z.string(), trials: z.array(Trial).min(1) });

/**
 * How the execution providers of this machine did with one model, kept in a file between processes. A record made with
 * another model, on another machine, by another version of this program or of onnxruntime counts as none, and so does a file
 * that is damaged.
 */
export class TrialRecord {
  private constructor(
    private readonly file: string,
    /** What must be the same for the trials to hold. */
    private readonly machine: string,
  ) {}

  /**
   * @param model the key of what `modelFolder` holds
   * @param folder where the records are; it need not exist
   */
  static async of(modelFolder: string, model: string, folder: string): Promise<TrialRecord> {
    const name = createHash("sha256").update(modelFolder).digest("hex").slice(0, 16);
    return new TrialRecord(path.join(folder, `${name}.json`), await identity(model));
  }

  async read(): Promise<readonly ProviderTrial[] | undefined> {
    try {
      const record = Record.parse(JSON.parse(await readFile(this.file, "utf8")));
      return record.machine === this.machine ? record.trials : undefined;
    } catch {
      return undefined;
    }
  }

  /** A record that cannot be written is made anew the next time. */
  async write(trials: readonly ProviderTrial[]): Promise<void> {
    const written = `${this.file}.${process.pid}`;
    try {
      await mkdir(path.dirname(this.file), { recursive: true });
      await writeFile(written, JSON.stringify({ machine: this.machine, trials }, undefined, 2));
      await rename(written, this.file);
    } catch (error) {
      console.error(`The record of the execution providers cannot be written: ${String(error)}`);
      await rm(written, { force: true }).catch(() => undefined);
    }
  }
}

async function identity(model: string): Promise<string> {
  const program = await stat(process.argv[1] ?? "");
  return JSON.stringify({
    program: [program.size, program.mtimeMs],
    model,
    onnxruntime: env.versions.node,
    system: [process.platform, process.arch, os.release()],
    cpus: os.cpus().map(({ model }) => model),
    gpus: await gpuIds(),
    nvidiaDriver: await nvidiaDriver(),
    // What the Vulkan loader is told to use instead of what is installed.
    drivers: [process.env.VK_DRIVER_FILES, process.env.VK_ICD_FILENAMES],
  });
}
