/** The vectors of R rows, [R, d], which each layer replaces in place, with a row of zeros before and behind them. */
export class State {
  private readonly values: Float32Array;
  /** The row before the chunk at hand as the layer under way found it. */
  private before: Float32Array;

  constructor(
    rows: number,
    private readonly width: number,
  ) {
    this.values = new Float32Array((rows + 2) * width);
    this.before = new Float32Array(width);
  }

  /** Rows from `start` up to `end`; -1 and R are the zeros. */
  rows(start: number, end: number): Float32Array {
    return this.values.subarray((start + 1) * this.width, (end + 1) * this.width);
  }

  /**
   * Lets `compute` put new rows from `start` up to `end` in the place of the old ones. Chunks are to be replaced in
   * their order.
   * @param compute Is given the old rows with the old ones before and behind them, [n + 2, d], and where to write.
   */
  async replace<T>(
    start: number,
    end: number,
    compute: (old: Float32Array, into: Float32Array) => Promise<T>,
  ): Promise<T> {
    const lastOld = this.rows(end - 1, end).slice();
    const before = this.rows(start - 1, start);
    const beforeNew = before.slice();
    if (start > 0) before.set(this.before);
    const result = await compute(this.rows(start - 1, end + 1), this.rows(start, end));
    before.set(beforeNew);
    this.before = lastOld;
    return result;
  }
}
