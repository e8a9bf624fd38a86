import * as vscode from "vscode";
import { counted } from "../analysis/figures";
import { segmentCount } from "../analysis/segmentFigures";
import { columnOf } from "../editor/columnOf";
import { openedDocument } from "../editor/documentAt";
import { documentName } from "../editor/documentName";
import { visibleEditor } from "../editor/visibleEditor";
import { PreconditionError, UserError } from "../errors";
import type { Reading } from "../readings/reading";
import { isUnchanged } from "../readings/staleness";
import { segmentRange } from "./segmentRange";

/**
 * Shows a segment in an editor and selects it; of a document edited since, only the place where it began.
 * @throws PreconditionError when the reading has no such segment, UserError when the document is not there any more
 */
export async function revealSegment(
  known: vscode.TextDocument,
  reading: Reading,
  segment: number,
  focus: boolean,
): Promise<void> {
  const segments = segmentCount(reading.analysis);
  if (segment >= segments) {
    throw new PreconditionError(
      `${documentName(known.uri)} was read as ${counted(segments, "segment")}: choose one of those.`,
    );
  }
  // The document may have been closed, and another be opened from its file.
  const document = await reopened(known);
  const range = segmentRange(document, reading, segment);
  const isSame = (document === known && document.version === reading.version) || isUnchanged(document, reading);
  const selection = isSame ? range : new vscode.Range(range.start, range.start);
  const editor = visibleEditor(document.uri);
  if (editor && editor.viewColumn === undefined) {
    // A side of a diff editor has no column: to show the document would put a tab of its own over the diff.
    editor.selection = new vscode.Selection(selection.start, selection.end);
    editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    return;
  }
  await vscode.window.showTextDocument(document, {
    selection,
    preserveFocus: !focus,
    viewColumn: columnOf(document.uri),
  });
}

async function reopened(known: vscode.TextDocument): Promise<vscode.TextDocument> {
  if (!known.isClosed) return known;
  try {
    return await openedDocument(known.uri);
  } catch {
    // It has been deleted or renamed.
  }
  throw new UserError(`${documentName(known.uri)} is not there any more: open it where it is now and classify it.`);
}
