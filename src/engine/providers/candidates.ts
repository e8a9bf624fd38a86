import type { ExecutionProvider } from "../../ponet/provider";

const GPU_PROVIDERS: Partial<Record<NodeJS.Platform, readonly ExecutionProvider[]>> = {
  win32: ["dml", "webgpu"],
  darwin: ["coreml", "webgpu"],
  linux: ["cuda", "webgpu"],
};

/** The providers besides the CPU that a machine of this platform may have. */
export function gpuProviders(): readonly ExecutionProvider[] {
  return GPU_PROVIDERS[process.platform] ?? [];
}
