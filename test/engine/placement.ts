import { readCheckpoint } from "../../src/models/checkpoint";
import { env, InferenceSession } from "../../src/ponet/onnxruntime";
import { PoNet } from "../../src/ponet/ponet";

// Loads the checkpoint folder in the first argument onto WebGPU as the engine does, with onnxruntime's log, in which it
// says where it places every node, on standard error.
const [, , folder = ""] = process.argv;
env.logLevel = "verbose";
const create = InferenceSession.create.bind(InferenceSession) as (
  graph: Uint8Array,
  options: InferenceSession.SessionOptions,
) => Promise<InferenceSession>;
const logged: typeof create = (graph, options) => create(graph, { ...options, logSeverityLevel: 0 });
Object.assign(InferenceSession, { create: logged });
void readCheckpoint(folder).then((checkpoint) => PoNet.load(checkpoint, "webgpu"));
