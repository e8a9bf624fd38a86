import type * as vscode from "vscode";
import type { Reading } from "../../readings/reading";
import type { Origin } from "./protocol";

/** Whether a document's reading is of what was compared: by the same weights, in the same segments, and of the text as it is now. */
export function isAsCompared(
  { analysis, version }: Reading,
  { modelKey, segmentation }: Origin["sides"][0],
  document: vscode.TextDocument,
): boolean {
  return analysis.modelKey === modelKey && analysis.segmentation === segmentation && version === document.version;
}
