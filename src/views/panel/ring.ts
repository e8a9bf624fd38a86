/** The last of many values, each with a number that it keeps. */
export class Ring<T> {
  private values: T[] = [];
  private dropped = 0;

  /** @param most values that are kept; a few more may be, until they are dropped together */
  constructor(private readonly most: number) {}

  /** How many there were in all: the number of the next. */
  get count(): number {
    return this.dropped + this.values.length;
  }

  push(value: T): void {
    this.values.push(value);
    if (this.values.length < this.most * 1.25) return;
    const excess = this.values.length - this.most;
    this.values = this.values.slice(excess);
    this.dropped += excess;
  }

  /** The values from a number on, as far as they are kept. */
  since(number: number): readonly T[] {
    return this.values.slice(Math.max(0, number - this.dropped));
  }
}
