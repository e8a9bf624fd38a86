// Why a reading is no longer what its document is: one sentence each.

export const EDITED = "The text has been edited since it was classified.";
export const FAILED = "This is the last analysis that succeeded.";
export const OTHER_SETTINGS = "The model, the provider or the segmentation has been changed since.";
