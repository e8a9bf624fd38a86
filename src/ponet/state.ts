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
   * Lets `compute` put new rows in the place of the old ones from `start` up to `end`. Chunks are to be replaced in
   * their order.
   * @param compute Is given the old rows with the old ones before and behind them, [n + 2, d], to be overwritten. What it
   *   makes of the first and the last is thrown away.
   */
  async replace<T>(start: number, end: number, compute: (rows: Float32Array) => Promise<T>): Promise<T> {
    const lastOld = this.rows(end - 1, end).slice();
    const [before, behind] = [this.rows(start - 1, start), this.rows(end, end + 1)];
    const [beforeNew, behindOld] = [before.slice(), behind.slice()];
    if (start > 0) before.set(this.before);
    const result = await compute(this.rows(start - 1, end + 1));
    before.set(beforeNew);
    behind.set(behindOld);
    this.before = lastOld;
    return result;
  }
}
