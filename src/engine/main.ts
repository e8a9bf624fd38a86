import type { ExecutionProvider } from "../analysis/analysis";
import { CancelledError, firstLine, UserError } from "../errors";
import { analyze } from "./analyze";
import { describe } from "./describe";
import { Meter } from "./meter";
import { loadModel, type LoadedModel } from "./model";
import type { AnalyzeRequest, Failure, FromEngine, ToEngine } from "./protocol";

// The engine process: one model, one analysis at a time, or the description of one folder, until its host goes.

/** Where the host keeps what is remembered of this machine's execution providers. */
const [, , recordsFolder = ""] = process.argv;

/** The model this process holds; another model means another process, since onnxruntime keeps the memory of a first. */
let loading: Promise<LoadedModel> | undefined;
const cancelled = new Set<number>();

process.on("message", (message: ToEngine) => {
  if (message.type === "cancel") cancelled.add(message.id);
  else if (message.type === "analyze") void answerAnalyze(message.id, message.request);
  else void answerDescribe(message.id, message.folder);
});
process.on("disconnect", () => process.exit());

async function answerAnalyze(id: number, request: AnalyzeRequest): Promise<void> {
  const meter = new Meter((progress) => {
    send({ type: "progress", id, progress });
  });
  const pause = async () => {
    await new Promise(setImmediate);
    if (cancelled.has(id)) throw new CancelledError();
  };
  try {
    const model = await load(request, meter);
    await pause();
    send({ type: "analysis", id, outcome: { ok: true, value: await analyze(request, model, { meter, pause }) } });
  } catch (error) {
    if (error instanceof CancelledError) send({ type: "cancelled", id });
    else {
      const err = failure(error, `"${request.name}" could not be analysed`, "classify it again");
      send({ type: "analysis", id, outcome: { ok: false, err } });
    }
  } finally {
    cancelled.delete(id);
  }
}

async function answerDescribe(id: number, folder: string): Promise<void> {
  try {
    send({ type: "description", id, outcome: { ok: true, value: await describe(folder, recordsFolder) } });
  } catch (error) {
    const err = failure(error, `The model folder "${folder}" could not be checked`, "add it again");
    send({ type: "description", id, outcome: { ok: false, err } });
  }
}

async function load(request: AnalyzeRequest, meter: Meter): Promise<LoadedModel> {
  meter.begin("loading");
  const onTry = (trying: ExecutionProvider) => {
    meter.begin("loading", { trying });
  };
  const { provider, excludedProviders: excluded } = request;
  loading ??= loadModel(request.modelFolder, { provider, excluded, onTry }, recordsFolder);
  try {
    return await loading;
  } catch (error) {
    // The user may mend the folder and try again.
    loading = undefined;
    throw error;
  }
}

/** A UserError's own sentence, else one made of what failed, why, and the way out. */
function failure(error: unknown, what: string, wayOut: string): Failure {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error instanceof UserError) return { message: error.message, detail };
  return { message: `${what} (${firstLine(error)}): ${wayOut}, or see the "PoNet Lens" output channel.`, detail };
}

function send(message: FromEngine): void {
  // A host that has gone is not waiting for answers; "disconnect" ends the process.
  if (process.connected) process.send?.(message);
}
