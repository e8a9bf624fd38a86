/** What the encoder reads: R token ids, [CLS] and [SEP] among them where the model has them, each row in one of K segments. */
export interface Sequence {
  /** [R] */
  readonly ids: Int32Array;
  /** [R] Each row's segment, 0 to K - 1; the rows of one need not stand together. */
  readonly segments: Int32Array;
  /** K */
  readonly segmentCount: number;
  /** [R] Absent: all 0. */
  readonly tokenTypes?: Int32Array;
}
