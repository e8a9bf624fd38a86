import type * as vscode from "vscode";
import { segmentAt } from "../analysis/segmentFigures";

/**
 * The segment that an editor's selection begins in; the last one where the cursor stands behind it. A selection's other end may
 * be the next segment's beginning.
 */
export function segmentAtCursor(bounds: Uint32Array, { document, selection }: vscode.TextEditor): number | undefined {
  const offset = document.offsetAt(selection.start);
  return segmentAt(bounds, offset === bounds.at(-1) ? offset - 1 : offset);
}
