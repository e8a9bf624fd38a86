import { setTimeout } from "node:timers/promises";

const PAUSE_MS = 10;

/** Waits for a condition, for as long as the test's own limit lets it. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await setTimeout(PAUSE_MS);
}
