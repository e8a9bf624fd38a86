/** Where the tokens of one pass lie among a document's segments. */
export interface Pass {
  /** Document tokens from `start` up to `end`; row 0 of a per-token output is [CLS], so token t is row 1 + t - start. */
  readonly start: number;
  readonly end: number;
  /** The segment that holds token `start`. */
  readonly firstSegment: number;
}

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

  /** Adds the columns of per-token `rows` [2 + end - start, columns] to `sums` [K, columns], by the token's segment. */
  add(rows: Float32Array, columns: number, pass: Pass, sums: Float64Array): void {
    let segment = pass.firstSegment;
    for (let token = pass.start; token < pass.end; token++) {
      while (token >= (this.tokenBounds[segment + 1] ?? Infinity)) segment++;
      const from = (1 + token - pass.start) * columns;
      const to = segment * columns;
      for (let c = 0; c < columns; c++) sums[to + c] = (sums[to + c] ?? 0) + (rows[from + c] ?? 0);
    }
  }
}
