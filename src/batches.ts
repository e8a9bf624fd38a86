/**
 * Items in batches of neighbours, each of `mostItems` at most and no larger than `mostSize` in all; one that is larger by itself
 * is alone.
 */
export function* batchesOf<T>(
  items: Iterable<T>,
  sizeOf: (item: T) => number,
  mostSize: number,
  mostItems = Infinity,
): Generator<readonly T[], void, undefined> {
  let batch: T[] = [];
  let size = 0;
  for (const item of items) {
    const own = sizeOf(item);
    if (batch.length === mostItems || (batch.length > 0 && size + own > mostSize)) {
      yield batch;
      [batch, size] = [[], 0];
    }
    batch.push(item);
    size += own;
  }
  if (batch.length > 0) yield batch;
}
