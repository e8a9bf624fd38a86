import { readFileSync } from "node:fs";

/** The most memory that this process has held at once, in MiB. */
export function peakMemoryMb(): number {
  // Linux's resource usage begins with what the parent held when it forked; this does not.
  const ownKib =
    process.platform === "linux" && /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  return Number(ownKib || process.resourceUsage().maxRSS) / 1024;
}
