import * as vscode from "vscode";
import { segmentTsv } from "../analysis/export/segmentTsv";
import { count } from "../analysis/figures";
import { documentName } from "../editor/documentName";
import type { Choice } from "../readings/choice";
import type { SegmentTarget } from "./segmentTarget";

/** "PoNet: Copy Segment's Figures": as text whose columns are parted by tabs. */
export async function copySegment(
  { document: { uri }, reading, segment }: SegmentTarget,
  choice: Choice,
): Promise<void> {
  const text = segmentTsv(documentName(uri), reading.analysis, segment, (head) => choice.labelIn(uri, head));
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`Copied the figures of segment ${count(segment + 1)}`, 3000);
}
