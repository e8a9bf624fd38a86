/** What the model made of each token of one segment. T tokens, L labels. */
export interface TokenDetails {
  readonly segment: number;
  /** [T] UTF-16 offsets in the text that was read: token t is the half-open range from `starts[t]` to `ends[t]`. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** The mean heads. */
  readonly heads: readonly {
    readonly name: string;
    readonly labels: readonly string[];
    /** [T, L] What each token adds to the document's logits; they add up to what the segment does, in int8 but for its rounding. */
    readonly contributions: Float32Array;
  }[];
  readonly layers: number;
  /** [layers, T] Global attention on each token, mean over heads. */
  readonly attention: Float32Array;
}
