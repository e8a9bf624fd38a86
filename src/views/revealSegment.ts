import * as vscode from "vscode";
import type { Reading } from "./analyses";

/** Shows a segment in an editor and selects it; of a document edited since, only the place where it began. */
export async function revealSegment(
  document: vscode.TextDocument,
  { analysis, version }: Reading,
  segment: number,
): Promise<void> {
  const [start, end] = analysis.bounds.subarray(segment, segment + 2);
  if (start === undefined || end === undefined) return;
  const from = document.positionAt(start);
  const selection = new vscode.Range(from, document.version === version ? document.positionAt(end) : from);
  const viewColumn = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn;
  await vscode.window.showTextDocument(document, { selection, ...(viewColumn !== undefined && { viewColumn }) });
}
