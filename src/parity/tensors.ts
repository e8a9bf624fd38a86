import type { Batch } from "./batch";

/** Tensors by name in the layout of a batch, put together from what runs over its sequences gave. */
export class BatchTensors {
  readonly values = new Map<string, Float32Array>();

  constructor(private readonly batch: Batch) {}

  /** Rows of a [B, N, width] tensor, from row `start` of the sequence on. */
  setRows(name: string, sequence: number, start: number, rows: Float32Array, width: number): void {
    const { length } = this.batch;
    this.tensor(name, length * width).set(rows, (sequence * length + start) * width);
  }

  /** Columns of a [B, h, N] tensor, from column `start` of the sequence on. */
  setColumns(name: string, sequence: number, start: number, columns: Float32Array, heads: number): void {
    const { length } = this.batch;
    const count = columns.length / heads;
    for (let head = 0; head < heads; head++) {
      const at = (sequence * heads + head) * length + start;
      this.tensor(name, heads * length).set(columns.subarray(head * count, (head + 1) * count), at);
    }
  }

  /** All that a [B, ...] tensor has of one sequence. */
  setSequence(name: string, sequence: number, values: Float32Array): void {
    this.tensor(name, values.length).set(values, sequence * values.length);
  }

  private tensor(name: string, size: number): Float32Array {
    const found = this.values.get(name) ?? new Float32Array(this.batch.batch * size).fill(NaN);
    this.values.set(name, found);
    return found;
  }
}
