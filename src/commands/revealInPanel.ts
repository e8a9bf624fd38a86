import type { ShownDocument } from "../readings/shownDocument";
import type { Panel } from "../views/panel/panel";
import type { SegmentTarget } from "./segmentTarget";

/**
 * "PoNet: Reveal Segment in Panel": marks the segment in the maps and the list, and brings it into sight there, where the panel
 * spoke of another document, too.
 */
export async function revealInPanel(
  { document, segment }: SegmentTarget,
  panel: Panel,
  shown: ShownDocument,
): Promise<void> {
  shown.show(document);
  await panel.show();
  panel.reveal(document, segment);
}
