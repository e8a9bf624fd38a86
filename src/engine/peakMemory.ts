import { readFileSync } from "node:fs";

/** The most memory that this process has held at once, in MiB. */
export function peakMemoryMb(): number {
  // Linux's resource usage begins with what the parent held when it forked; this does not.
  const status = process.platform === "linux" ? readFileSync("/proc/self/status", "utf8") : "";
  const ownKib = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
  return Number(ownKib ?? process.resourceUsage().maxRSS) / 1024;
}
