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

/**
 * What the label's logit loses without the segment; undefined where no explanation tells.
 * @param head The head's name.
 * @param label Index of the label in the head's.
 */
export function lostWithout(
  explanations: readonly Explanation[],
  segment: number,
  head: string,
  label: number,
): number | undefined {
  for (const { segments, heads } of explanations) {
    const row = segments.indexOf(segment);
    const found = heads.find(({ name }) => name === head);
    if (row >= 0 && found) return found.lost[row * found.labels.length + label];
  }
  return undefined;
}
