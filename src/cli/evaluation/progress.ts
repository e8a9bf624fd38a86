import { timeLeft } from "../../analysis/figures";
import { batchesOf } from "../../batches";

/** What is read at a time, in UTF-16 units and texts: enough for the engine to compute many short ones together. */
const BATCH_UNITS = 2 ** 18;
const BATCH_TEXTS = 1024;

/** Between two lines, in milliseconds. */
const INTERVAL = 10_000;

/**
 * What `work` makes of `items`, batch after batch of neighbours. Says on standard error now and then how far it is and how
 * long the rest will take, judged by the length of the texts.
 */
export async function mapWithProgress<T extends { readonly text: string }, R>(
  title: string,
  items: readonly T[],
  work: (batch: readonly T[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const total = unitsOf(items);
  const started = performance.now();
  const results: R[] = [];
  let done = 0;
  let said = started;
  for (const batch of batchesOf(items, ({ text }) => text.length, BATCH_UNITS, BATCH_TEXTS)) {
    results.push(...(await work(batch)));
    done += unitsOf(batch);
    const now = performance.now();
    if (now - said < INTERVAL) continue;
    said = now;
    const left = timeLeft((now - started) * (total / done - 1));
    console.error(`${title}: ${Math.floor((100 * done) / total)}%, ${left}`);
  }
  return results;
}

function unitsOf(items: readonly { readonly text: string }[]): number {
  return items.reduce((sum, { text }) => sum + text.length, 0);
}
