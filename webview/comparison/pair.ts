import type { Pair, Which } from "../../src/views/comparison/protocol";

/** The same of each of the two. */
export function both<T, U>([first, second]: Pair<T>, of: (one: T, side: Which) => U): Pair<U> {
  return [of(first, 0), of(second, 1)];
}
