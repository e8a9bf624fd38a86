/** Pseudo-random numbers (mulberry32) that are the same on every machine for the same seed. */
export class Random {
  constructor(private state: number) {}

  /** A whole number from 0 up to, not including, `below`. */
  integer(below: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32) * below);
  }

  /** One of `items`, of which there must be one. */
  item<T>(items: readonly T[]): T {
    return items[this.integer(items.length)] as T;
  }

  /** A copy of `items` in random order (Fisher-Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const rest = [...items];
    return items.map(() => rest.splice(this.integer(rest.length), 1)[0] as T);
  }
}
