// The one door to onnxruntime. Its official builds tell Microsoft of the machine and of every model, unless the environment
// says otherwise before the first session is made: https://github.com/microsoft/onnxruntime/blob/main/docs/Privacy.md.
process.env.ORT_DISABLE_TELEMETRY = "1";

export { env, InferenceSession, listSupportedBackends, Tensor } from "onnxruntime-node";
