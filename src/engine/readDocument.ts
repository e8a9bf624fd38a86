import type { Segmentation } from "../document/segmentations";
import type { KnownLayer } from "../ponet/step";
import type { TokenizedDocument } from "./document";
import type { LeaveOneOut } from "./leaveOneOut";

/** A document that the model has read, and what is kept of it so that questions about its parts take no second reading. */
export interface ReadDocument {
  readonly text: string;
  readonly segmentation: Segmentation;
  readonly document: TokenizedDocument;
  readonly layers: readonly KnownLayer[];
  /** [L] Of each head. */
  readonly logits: readonly Float32Array[];
  /** Reads it again without some of its tokens, and whole where that takes another network, once. */
  readonly rests: LeaveOneOut;
}
