import { timeLeft } from "../../analysis/figures";

/** Between two lines, in milliseconds. */
const INTERVAL = 10_000;

/**
 * Does `work` for each of `items` in turn, and says on standard error now and then how far it is and how long the rest
 * will take, judged by the length of the texts.
 */
export async function mapWithProgress<T extends { readonly text: string }, R>(
  title: string,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const total = items.reduce((sum, { text }) => sum + text.length, 0);
  const started = performance.now();
  const results: R[] = [];
  let done = 0;
  let said = started;
  for (const item of items) {
    results.push(await work(item));
    done += item.text.length;
    const now = performance.now();
    if (now - said < INTERVAL) continue;
    said = now;
    const left = timeLeft((now - started) * (total / done - 1));
    console.error(`${title}: ${Math.floor((100 * done) / total)}%, ${left}`);
  }
  return results;
}
