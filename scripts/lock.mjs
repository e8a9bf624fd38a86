// One process at a time: two npm commands may start together on a fresh clone.
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

const isRunning = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
};

const take = (file) => {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
};

/** The process that holds the lock; undefined when it was given back or is just being written. */
const holder = (file) => {
  try {
    return Number(readFileSync(file, "utf8")) || undefined;
  } catch {
    return undefined;
  }
};

/** Runs `work` while no other process of this checkout runs work of the same `name`. */
export async function withLock(name, work) {
  const checkout = createHash("sha256").update(process.cwd()).digest("hex").slice(0, 12);
  const file = join(tmpdir(), `ponet-lens-${checkout}-${name}.lock`);
  while (!take(file)) {
    const pid = holder(file);
    if (pid !== undefined && !isRunning(pid)) rmSync(file, { force: true });
    else await setTimeout(50);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
