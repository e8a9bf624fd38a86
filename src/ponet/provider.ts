/**
 * The execution providers this project knows; which of them a machine has is found out in the engine process. `cpu-int8`
 * is onnxruntime's CPU provider with the products over tokens in int8.
 */
export const EXECUTION_PROVIDERS = ["cpu", "cpu-int8", "webgpu", "cuda", "dml", "coreml"] as const;
export type ExecutionProvider = (typeof EXECUTION_PROVIDERS)[number];

/** Whether a provider needs no device. */
export function isCpu(provider: ExecutionProvider): boolean {
  return provider === "cpu" || provider === "cpu-int8";
}
