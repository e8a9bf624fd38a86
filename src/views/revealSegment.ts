import * as vscode from "vscode";
import type { Reading } from "./analyses";
import { columnOf } from "./columnOf";
import { segmentRange } from "./segmentRange";

/** Shows a segment in an editor and selects it; of a document edited since, only the place where it began. */
export async function revealSegment(
  document: vscode.TextDocument,
  reading: Reading,
  segment: number,
  focus: boolean,
): Promise<void> {
  const range = segmentRange(document, reading, segment);
  const selection = document.version === reading.version ? range : new vscode.Range(range.start, range.start);
  await vscode.window.showTextDocument(document, {
    selection,
    preserveFocus: !focus,
    viewColumn: columnOf(document.uri),
  });
}
