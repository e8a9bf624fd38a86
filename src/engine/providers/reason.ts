import { firstLine } from "../../errors";

/** What onnxruntime says went wrong, without the place in its source where it noticed. */
export function reason(error: unknown): string {
  return firstLine(error).replace(/^(?:.* was false\. |OrtSessionOptions\w+: )/, "");
}
