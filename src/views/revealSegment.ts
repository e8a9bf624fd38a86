import * as vscode from "vscode";
import type { Reading } from "./analyses";
import { columnOf } from "./columnOf";
import { segmentRange } from "./segmentRange";
import { isUnchanged } from "./staleness";

/** Shows a segment in an editor and selects it; of a document edited since, only the place where it began. */
export async function revealSegment(
  known: vscode.TextDocument,
  reading: Reading,
  segment: number,
  focus: boolean,
): Promise<void> {
  // The document may have been closed, and another be opened from its file.
  const document = await vscode.workspace.openTextDocument(known.uri);
  const range = segmentRange(document, reading, segment);
  const isSame = document === known ? document.version === reading.version : isUnchanged(document, reading);
  const selection = isSame ? range : new vscode.Range(range.start, range.start);
  await vscode.window.showTextDocument(document, {
    selection,
    preserveFocus: !focus,
    viewColumn: columnOf(document.uri),
  });
}
