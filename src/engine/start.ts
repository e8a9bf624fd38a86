import { firstLine } from "../errors";
import type { FromEngine } from "./protocol";

// Where the engine process begins: a machine that lacks what onnxruntime's library needs is found out here, and told.
import("./main").catch((error: unknown) => {
  console.error(error);
  const message: FromEngine = { type: "unloadable", reason: firstLine(error) };
  process.send?.(message, () => process.exit(1));
});
