import path from "node:path";
import { pathToFileURL } from "node:url";
import type { FromEngine, ToEngine } from "../../src/engine/protocol";
import { ROOT } from "../harness/environment";

// The shipped engine process on a machine whose WebGPU, while it is not left out, takes it down at its second question.

let questions = 0;
let isOnGpu = false;

const on = process.on.bind(process) as (event: string, listener: (message: ToEngine) => void) => NodeJS.Process;
const dying = (event: string, listener: (message: ToEngine) => void): NodeJS.Process =>
  on(event, (message) => {
    if (event === "message" && message.type === "analyze") {
      isOnGpu = !message.request.excludedProviders.includes("webgpu");
      questions++;
      if (isOnGpu && questions === 2) process.kill(process.pid, "SIGKILL");
    }
    listener(message);
  });

const send = process.send?.bind(process) as (message: FromEngine, ...rest: unknown[]) => boolean;
const sending = (message: FromEngine, ...rest: unknown[]): boolean =>
  send(isOnGpu && message.type === "progress" ? onGpu(message) : message, ...rest);

Object.assign(process, { on: dying, send: sending });
void import(pathToFileURL(path.join(ROOT, "dist/engine.js")).href);

/** What is told where that provider is not the one that is tried last, and is taken. */
function onGpu(message: Extract<FromEngine, { type: "progress" }>): FromEngine {
  const { trying, provider, ...progress } = message.progress;
  return {
    ...message,
    progress: {
      ...progress,
      ...(trying && { trying: trying === "webgpu" ? "cuda" : "webgpu" }),
      ...(provider && { provider: "webgpu" }),
    },
  };
}
