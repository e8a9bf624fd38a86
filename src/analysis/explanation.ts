/** What goes when segments are left out of a document, each by itself. S segments, L labels. */
export interface Explanation {
  /** [S] */
  readonly segments: readonly number[];
  readonly heads: readonly {
    readonly name: string;
    readonly labels: readonly string[];
    /** [S, L] The document's logits less those it has without the segment. */
    readonly lost: Float32Array;
  }[];
}
