import type * as vscode from "vscode";
import type { ReadText } from "./analyses";

// Why a reading is no longer what its document is: one sentence each.

export const EDITED = "The text has been edited since it was classified.";
export const FAILED = "This is the last analysis that succeeded.";
export const OTHER_SETTINGS = "The model, the provider or the segmentation has been changed since.";

/** Whether a document still says what was read. Its version tells that too, but not when it was closed and opened again. */
export function isUnchanged(document: vscode.TextDocument, { text, selection }: ReadText): boolean {
  return document.getText(selection) === text;
}
