/** The ways a text can be cut into segments. */
export const SEGMENTATIONS = ["paragraph", "sentence", "section", "fixed"] as const;
export type Segmentation = (typeof SEGMENTATIONS)[number];
