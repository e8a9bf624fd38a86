import type { RowRange } from "./sequence";

/**
 * The vectors of a sequence's rows, which each layer replaces in place: an array for each chunk, since in VS Code's
 * Electron no single one has 2 GiB.
 */
export class State {
  /** Each chunk's values are [n + 2, d]: its rows, and room for those before and behind them. */
  private readonly chunks: readonly (RowRange & { readonly values: Float32Array })[];
  /** The last row of the chunk replaced last as the layer under way found it. */
  private before: Float32Array;

  /** @param ranges The chunks' rows, which follow on one another from 0 on. */
  constructor(
    ranges: readonly RowRange[],
    private readonly width: number,
  ) {
    this.chunks = ranges.map(({ start, end }) => ({ start, end, values: new Float32Array((end - start + 2) * width) }));
    this.before = new Float32Array(width);
  }

  /** The rows of a chunk, [n, d]. */
  rows(chunk: number): Float32Array {
    return this.valuesOf(chunk).subarray(this.width, -this.width);
  }

  /** One row of the sequence, [d]. */
  row(row: number): Float32Array {
    const chunk = this.chunks.findIndex(({ end }) => row < end);
    const first = (row - (this.chunks[chunk]?.start ?? 0)) * this.width;
    return this.rows(chunk).subarray(first, first + this.width);
  }

  /**
   * Lets `compute` put new rows in the place of a chunk's old ones. Chunks are to be replaced in their order.
   * @param compute Is given the old rows with the old ones before and behind them, or zeros where there are none, [n + 2, d],
   *   to be overwritten. What it makes of the first and the last is thrown away.
   */
  async replace<T>(chunk: number, compute: (rows: Float32Array) => Promise<T>): Promise<T> {
    const values = this.valuesOf(chunk);
    const behind = values.length - this.width;
    values.fill(0, 0, this.width).fill(0, behind);
    if (chunk > 0) values.set(this.before);
    if (chunk + 1 < this.chunks.length) values.set(this.rows(chunk + 1).subarray(0, this.width), behind);
    this.before = values.slice(behind - this.width, behind);
    return compute(values);
  }

  private valuesOf(chunk: number): Float32Array {
    return this.chunks[chunk]?.values ?? new Float32Array();
  }
}
