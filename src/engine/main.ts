import os from "node:os";
import { CancelledError, firstLine, UserError } from "../errors";
import { isCpu, type ExecutionProvider } from "../ponet/provider";
import { analyze } from "./analyze";
import { classify } from "./classify";
import type { Control } from "./control";
import { describe } from "./describe";
import { explain } from "./explain";
import { Meter } from "./meter";
import { loadModel, type LoadedModel } from "./model";
import type { Failure, FromEngine, TextRequest, ToEngine, WholeQuestion } from "./protocol";
import type { ReadDocument } from "./readDocument";
import { isShortOfMemory } from "./shortOfMemory";
import { tokenDetails } from "./tokenDetails";

// The engine process: one model, one analysis at a time, or the description of one folder, until its host goes.

// A reading takes all cores for as long as it lasts; the editor and the extension host come first. Before any thread is made,
// since each inherits it.
try {
  os.setPriority(Math.max(os.getPriority(), os.constants.priority.PRIORITY_BELOW_NORMAL));
} catch {
  // A service may not be allowed to be polite.
}

/** Where the host keeps what is remembered of this machine's execution providers. */
const [, , recordsFolder = ""] = process.argv;

/** The model this process holds; another model means another process, since onnxruntime keeps the memory of a first. */
let loading: Promise<LoadedModel> | undefined;
const cancelled = new Set<number>();
/** What has come of the texts whose questions have not. */
const texts = new Map<number, string>();

process.on("message", (message: ToEngine) => {
  const { id } = message;
  if (message.type === "cancel") cancelled.add(id);
  else if (message.type === "text") texts.set(id, (texts.get(id) ?? "") + message.piece);
  else if (message.type === "describe") void answerDescribe(id, message.folder);
  else {
    void answer({ ...message, request: { ...message.request, text: texts.get(id) ?? "" } } as WholeQuestion);
    texts.delete(id);
  }
});
process.on("disconnect", () => process.exit());

/** The last document that was read: what is asked of its parts takes no second reading. */
let last: ReadDocument | undefined;

async function answer(message: WholeQuestion): Promise<void> {
  const { id, request } = message;
  const meter = new Meter((progress, findings) => {
    // What is asked of a text that is read again needs none of its figures; who blames drivers needs the outline.
    const needed = findings.filter(({ kind }) => kind === "outline" || message.type === "analyze");
    send({ type: "progress", id, progress, findings: needed });
  });
  const pause = async () => {
    await new Promise(setImmediate);
    if (cancelled.has(id)) throw new CancelledError();
  };
  let model: LoadedModel | undefined;
  try {
    model = await load(request, meter);
    checkSame(request, model);
    await pause();
    send(await answered(message, model, { meter, pause }));
  } catch (error) {
    if (error instanceof CancelledError) send({ type: "cancelled", id });
    else {
      const err = failure(error, `"${request.name}" could not be analysed`, {
        wayOut: "classify it again",
        moreMemory: 'close other programs, choose a smaller model in "ponet.model", or classify a part of it',
      });
      const gpu = model && !isCpu(model.provider) && !(error instanceof UserError) ? { provider: model.provider } : {};
      send({ type: message.type, id, outcome: { ok: false, err: { ...err, ...gpu } } });
    }
  } finally {
    cancelled.delete(id);
  }
}

async function answered(message: WholeQuestion, model: LoadedModel, control: Control): Promise<FromEngine> {
  const { id, request } = message;
  if (message.type === "classify") {
    return { type: "classify", id, outcome: { ok: true, value: await classify(message.request, model, control) } };
  }
  if (message.type !== "analyze" && last?.text === request.text && last.segmentation === request.segmentation) {
    return answeredOf(message, last, model, control);
  }
  last = undefined;
  const { answer: value, read } = await analyze(request, model, control, message.type === "analyze");
  last = read;
  if (message.type === "analyze") return { type: "analyze", id, outcome: { ok: true, value } };
  return answeredOf(message, read, model, control);
}

async function answeredOf(
  message: Exclude<WholeQuestion, { type: "analyze" | "classify" }>,
  read: ReadDocument,
  model: LoadedModel,
  control: Control,
): Promise<FromEngine> {
  const { id } = message;
  if (message.type === "explain") {
    const value = await explain(message.request.segments, read, model, control);
    return { type: "explain", id, outcome: { ok: true, value } };
  }
  const value = await tokenDetails(message.request.segment, read, model, control);
  return { type: "tokens", id, outcome: { ok: true, value } };
}

async function answerDescribe(id: number, folder: string): Promise<void> {
  try {
    send({ type: "description", id, outcome: { ok: true, value: await describe(folder, recordsFolder) } });
  } catch (error) {
    const ways = { wayOut: "add it again", moreMemory: "close other programs, then add it again" };
    const err = failure(error, `The model folder "${folder}" could not be checked`, ways);
    send({ type: "description", id, outcome: { ok: false, err } });
  }
}

async function load(request: TextRequest, meter: Meter): Promise<LoadedModel> {
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

/** What another model says of a segment would stand beside figures that are not its own. */
function checkSame({ modelKey, modelFolder, name }: TextRequest, model: LoadedModel): void {
  if (modelKey === undefined || modelKey === model.modelKey) return;
  throw new UserError(
    `The model in "${modelFolder}" has been changed since "${name}" was classified: classify it again.`,
  );
}

/** What to do after a failure, and after one for want of memory: each completes a sentence. */
interface Ways {
  readonly wayOut: string;
  readonly moreMemory: string;
}

/** A UserError's own sentence, else one made of what failed, why, and the way out. */
function failure(error: unknown, what: string, { wayOut, moreMemory }: Ways): Failure {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error instanceof UserError) return { message: error.message, detail };
  const out = isShortOfMemory(error) ? moreMemory : `${wayOut}, or see the "PoNet Lens" output channel`;
  return { message: `${what} (${firstLine(error)}): ${out}.`, detail };
}

function send(message: FromEngine): void {
  // A host that has gone is not waiting for answers; "disconnect" ends the process.
  if (process.connected) process.send?.(message);
}
