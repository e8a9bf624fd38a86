import type * as vscode from "vscode";
import { textLength } from "../editor/textLength";
import { areAlike, type DecisiveSettings } from "../settings";
import type { Reading, ReadText } from "./reading";

// Why a reading is no longer what its document is: one sentence each.

export const EDITED = "The text has been edited since it was classified.";
export const FAILED = "This is the last analysis that succeeded.";
export const OTHER_MODEL = "The files of the model have been changed since.";
export const OTHER_SETTINGS = "The model, the provider or the segmentation has been changed since.";

/** No document has this version, so no offset of a reading with it is taken for one of the text as it is. */
export const NO_VERSION = -1;

/**
 * Whether a document still says what was read, in the same place. Its version tells that too, but not when it was closed and
 * opened again, or when an edit was undone.
 */
export function isUnchanged(document: vscode.TextDocument, { text, selection, start }: ReadText): boolean {
  // A reading whose text is not known any more has none.
  if (text === "" || (selection ? document.offsetAt(selection.start) : 0) !== start) return false;
  return textLength(document, selection) === text.length && document.getText(selection) === text;
}

/** A reading whose text the document says, as one of that: no edit makes it stale. */
export function readingAsOf({ version }: vscode.TextDocument, { stale, ...reading }: Reading): Reading {
  return { ...reading, version, ...(stale !== undefined && stale !== EDITED && { stale }) };
}

/** A reading once a later run has failed: the last that succeeded, unless it waits for its settings to be set back. */
export function readingBefore(reading: Reading): Reading {
  return reading.stale === OTHER_SETTINGS ? reading : { ...reading, stale: FAILED };
}

/**
 * The reading of a document for another one that took its place, by a new name, say; stale where that says other things or, of
 * another language, is to be read otherwise.
 * @param asSet of the heir
 */
export function readingOfHeir(heir: vscode.TextDocument, reading: Reading, asSet: DecisiveSettings): Reading {
  // What was edited since may have been the document that is given up: VS Code empties an untitled one that is saved.
  const now = isUnchanged(heir, reading)
    ? readingAsOf(heir, reading)
    : { ...reading, version: NO_VERSION, stale: reading.stale ?? EDITED };
  // An edit may be taken back, and the settings are others all the same.
  return now.stale === OTHER_MODEL || areAlike(reading.settings, asSet) ? now : { ...now, stale: OTHER_SETTINGS };
}
