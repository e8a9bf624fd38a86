import path from "node:path";
import { pathToFileURL } from "node:url";
import type { FromEngine, ToEngine } from "../../src/engine/protocol";
import { ROOT } from "../harness/environment";

// The shipped engine process on a machine whose WebGPU reads nothing any more.

const LOST = { message: "the device is lost", detail: "the device is lost", provider: "webgpu" } as const;

const on = process.on.bind(process) as (event: string, listener: (message: ToEngine) => void) => NodeJS.Process;
const failing = (event: string, listener: (message: ToEngine) => void): NodeJS.Process =>
  on(event, (message) => {
    const isOnGpu =
      event === "message" && message.type === "analyze" && !message.request.excludedProviders.includes("webgpu");
    if (isOnGpu) send({ type: "analyze", id: message.id, outcome: { ok: false, err: LOST } });
    else listener(message);
  });
Object.assign(process, { on: failing });
void import(pathToFileURL(path.join(ROOT, "dist/engine.js")).href);

function send(message: FromEngine): void {
  process.send?.(message);
}
