import * as vscode from "vscode";
import type { Reading } from "../readings/reading";

/** A segment's range in the unchanged document, without the white space it ends with, which says nothing. */
export function segmentRange(
  document: vscode.TextDocument,
  { analysis, text }: Reading,
  segment: number,
): vscode.Range {
  const [origin = 0] = analysis.bounds;
  const [start = 0, end = start] = analysis.bounds.subarray(segment, segment + 2);
  const length = text.slice(start - origin, end - origin).trimEnd().length;
  return new vscode.Range(document.positionAt(start), document.positionAt(start + length));
}
