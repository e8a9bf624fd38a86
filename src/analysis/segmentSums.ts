/** The segments of a document by their tokens, and sums over them. N tokens, K segments. */
export class SegmentSums {
  /** @param tokenBounds [K + 1] Segment k holds the tokens from `tokenBounds[k]` up to `tokenBounds[k + 1]`. */
  constructor(private readonly tokenBounds: Uint32Array) {}

  get segments(): number {
    return this.tokenBounds.length - 1;
  }

  get tokens(): number {
    return this.tokenBounds[this.segments] ?? 0;
  }

  tokensOf(segment: number): number {
    return (this.tokenBounds[segment + 1] ?? 0) - (this.tokenBounds[segment] ?? 0);
  }

  /** How many tokens the segments before `segment` have; of K, all. */
  tokensBefore(segment: number): number {
    return this.tokenBounds[segment] ?? 0;
  }

  /** The segment that holds a token; K for one behind the last. */
  segmentAt(token: number): number {
    let low = 0;
    let high = this.segments;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.tokenBounds[middle + 1] ?? 0) <= token) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Adds the columns of `rows` [n, columns] to `sums` [K, columns], by each row's segment. Rows of no token are left out.
   * @param firstToken The token of row 0; -1 is [CLS].
   */
  add(rows: Float32Array, columns: number, firstToken: number, sums: Float64Array): void {
    const last = Math.min(firstToken + rows.length / columns, this.tokens);
    let segment = this.segmentAt(Math.max(firstToken, 0));
    for (let token = Math.max(firstToken, 0); token < last; token++) {
      while (token >= (this.tokenBounds[segment + 1] ?? Infinity)) segment++;
      const from = (token - firstToken) * columns;
      const to = segment * columns;
      for (let c = 0; c < columns; c++) sums[to + c] = (sums[to + c] ?? 0) + (rows[from + c] ?? 0);
    }
  }
}
