import os from "node:os";
import { CancelledError, firstLine, UserError } from "../errors";
import { isCpu, type ExecutionProvider } from "../ponet/provider";
import { analyze } from "./analyze";
import { classify } from "./classify";
import type { Control } from "./control";
import { describe } from "./describe";
import { explain } from "./explain";
import type { InferOptions } from "./infer";
import { Meter } from "./meter";
import { loadModel, type LoadedModel } from "./model";
import type { Failure, FromEngine, TextRequest, ToEngine, WholeQuestion } from "./protocol";
import type { ReadDocument } from "./readDocument";
import { isShortOfMemory } from "./shortOfMemory";
import { tokenDetails } from "./tokenDetails";

// The engine process: one model, one question at a time, until its host goes.

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
    // What is asked of a text that is read again needs none of its figures.
    send({ type: "progress", id, progress, findings: message.type === "analyze" ? findings : [] });
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
      const err = failure(error, waysOf(message));
      const gpu = model && !isCpu(model.provider) && !(error instanceof UserError) ? { provider: model.provider } : {};
      send({ type: message.type, id, outcome: { ok: false, err: { ...err, ...gpu } } });
    }
  } finally {
    cancelled.delete(id);
  }
}

async function answered(message: WholeQuestion, model: LoadedModel, control: Control): Promise<FromEngine> {
  const { id } = message;
  switch (message.type) {
    case "analyze": {
      const { answer: value } = await readAnew(message.request, model, control, { leavesOut: true });
      return { type: "analyze", id, outcome: { ok: true, value } };
    }
    case "classify":
      return { type: "classify", id, outcome: { ok: true, value: await classify(message.request, model, control) } };
    case "explain": {
      const { segments } = message.request;
      const known = lastOf(message.request);
      // The whole takes about as long as what is left without a segment.
      const from = known ? 0 : 1 / (segments.length + 1);
      const read = known ?? (await readAnew(message.request, model, control, { until: from })).read;
      const value = await explain(segments, read, model, control, from);
      return { type: "explain", id, outcome: { ok: true, value } };
    }
    case "tokens": {
      const known = lastOf(message.request);
      // A segment takes little beside the whole.
      const from = known ? 0 : 7 / 8;
      const read = known ?? (await readAnew(message.request, model, control, { until: from })).read;
      const value = await tokenDetails(message.request.segment, read, model, control, from);
      return { type: "tokens", id, outcome: { ok: true, value } };
    }
    case "describe":
      return { type: "describe", id, outcome: { ok: true, value: await describe(message.request, model, control) } };
  }
}

/** The last document that was read, where it is the one that is asked of. */
function lastOf({ text, segmentation }: TextRequest): ReadDocument | undefined {
  return last?.text === text && last.segmentation === segmentation ? last : undefined;
}

async function readAnew(
  request: TextRequest,
  model: LoadedModel,
  control: Control,
  options?: InferOptions,
): ReturnType<typeof analyze> {
  last = undefined;
  const found = await analyze(request, model, control, options);
  last = found.read;
  return found;
}

async function load(request: TextRequest, meter: Meter): Promise<LoadedModel> {
  meter.begin("loading");
  const onTry = (trying: ExecutionProvider) => {
    meter.begin("loading", { trying });
  };
  const { provider, excludedProviders: excluded } = request;
  loading ??= loadModel(request.modelFolder, { provider, excluded, onTry }, recordsFolder);
  try {
    const model = await loading;
    meter.begin("loading", { provider: model.provider });
    return model;
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

/** What a sentence about a failure is made of: what failed, and what to do then, or for want of memory. */
interface Ways {
  readonly what: string;
  readonly wayOut: string;
  readonly moreMemory: string;
}

function waysOf({ type, request: { name, modelFolder } }: WholeQuestion): Ways {
  if (type === "describe") {
    return {
      what: `The model folder "${modelFolder}" could not be checked`,
      wayOut: "add it again",
      moreMemory: "close other programs, then add it again",
    };
  }
  return {
    what: `"${name}" could not be analysed`,
    wayOut: "classify it again",
    moreMemory: "close other programs, choose a smaller model, or classify a part of it",
  };
}

/** A UserError's own sentence, else one made of what failed, why, and the way out. */
function failure(error: unknown, { what, wayOut, moreMemory }: Ways): Failure {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error instanceof UserError) return { message: error.message, detail };
  const out = isShortOfMemory(error) ? moreMemory : `${wayOut}, or see the "PoNet Lens" output channel`;
  return { message: `${what} (${firstLine(error)}): ${out}.`, detail };
}

function send(message: FromEngine): void {
  // A host that has gone is not waiting for answers; "disconnect" ends the process.
  if (process.connected) process.send?.(message);
}
