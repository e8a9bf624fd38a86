import os from "node:os";

/**
 * The name of the CPU that the system's list begins with; the architecture where that names none: libuv calls many a 64-bit
 * ARM "unknown" on Linux.
 */
export function cpuName(cpus: readonly Pick<os.CpuInfo, "model">[]): string {
  const model = cpus[0]?.model.trim() ?? "";
  return model === "" || model === "unknown" ? os.arch() : model;
}
