// One process at a time: two npm commands may start together on a fresh clone.
import { createHash } from "node:crypto";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

const PAUSE_MS = 50;
/** The longest that a lock takes to say whose it is. */
const WRITING_MS = 5_000;
/** How long a command waits without a word: what is installed or built takes longer only the first time. */
const SILENT_MS = 10_000;

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

/** Whether whoever took the lock has ended, before or after it was written. */
const isAbandoned = (file) => {
  const pid = holder(file);
  if (pid !== undefined) return !isRunning(pid);
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
  return Date.now() - written > WRITING_MS;
};

/** Runs `work` while no other process of this checkout runs work of the same `name`. */
export async function withLock(name, work) {
  const checkout = createHash("sha256").update(process.cwd()).digest("hex").slice(0, 12);
  const file = join(tmpdir(), `ponet-lens-${checkout}-${name}.lock`);
  for (let waited = 0; !take(file); waited += PAUSE_MS) {
    if (isAbandoned(file)) rmSync(file, { force: true });
    else await setTimeout(PAUSE_MS);
    // The number of a process that has ended may be that of another one now.
    if (waited === SILENT_MS)
      process.stderr.write(
        `Waiting for process ${holder(file)}, which holds ${file}: remove that file if the process is no command of this checkout.\n`,
      );
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
