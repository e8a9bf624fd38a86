import type { Panel } from "../views/panel/panel";
import type { SegmentTarget } from "./segmentTarget";

/** "PoNet: Reveal Segment in Panel": marks the segment in the maps and the list, and brings it into sight there. */
export async function revealInPanel({ document, segment }: SegmentTarget, panel: Panel): Promise<void> {
  await panel.show();
  panel.reveal(document, segment);
}
