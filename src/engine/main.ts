import { CancelledError, firstLine, UserError } from "../errors";
import { analyze } from "./analyze";
import { loadModel, type LoadedModel } from "./model";
import type { AnalyzeRequest, Failure, FromEngine, Progress, ToEngine } from "./protocol";

// The engine process: one model, one analysis at a time, until its host goes.

/** The model this process holds; another model means another process, since onnxruntime keeps the memory of a first. */
let loading: Promise<LoadedModel> | undefined;
const cancelled = new Set<number>();

process.on("message", (message: ToEngine) => {
  if (message.type === "cancel") cancelled.add(message.id);
  else void answer(message.id, message.request);
});
process.on("disconnect", () => process.exit());

async function answer(id: number, request: AnalyzeRequest): Promise<void> {
  const report = (progress: Progress) => {
    send({ type: "progress", id, progress });
  };
  const pause = async () => {
    await new Promise(setImmediate);
    if (cancelled.has(id)) throw new CancelledError();
  };
  try {
    const model = await load(request, report);
    await pause();
    send({ type: "result", id, result: { ok: true, analysis: await analyze(request, model, { report, pause }) } });
  } catch (error) {
    if (error instanceof CancelledError) send({ type: "cancelled", id });
    else send({ type: "result", id, result: { ok: false, err: failure(error, request.name) } });
  } finally {
    cancelled.delete(id);
  }
}

async function load(request: AnalyzeRequest, report: (progress: Progress) => void): Promise<LoadedModel> {
  report({ phase: "loading", fraction: 0 });
  loading ??= loadModel(request.modelFolder, {
    provider: request.provider,
    excluded: request.excludedProviders,
    onTry: (trying) => {
      report({ phase: "loading", fraction: 0, trying });
    },
  });
  try {
    return await loading;
  } catch (error) {
    // The user may mend the folder and try again.
    loading = undefined;
    throw error;
  }
}

function failure(error: unknown, name: string): Failure {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error instanceof UserError) return { message: error.message, detail };
  const message = `"${name}" could not be analysed (${firstLine(error)}): classify it again, or see the "PoNet Lens" output channel.`;
  return { message, detail };
}

function send(message: FromEngine): void {
  // A host that has gone is not waiting for answers; "disconnect" ends the process.
  if (process.connected) process.send?.(message);
}
