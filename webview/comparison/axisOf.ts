import type { Comparison } from "../../src/views/comparison/protocol";
import type { Axis } from "./axis";
import { SegmentAxis } from "./segmentAxis";
import { ShareAxis } from "./shareAxis";

/** The axis of two analyses: their segments where these are the same, else the share of each text. */
export function axisOf(comparison: Comparison): Axis {
  return haveSameSegments(comparison) ? new SegmentAxis(comparison) : new ShareAxis(comparison);
}

/** Models may cut one text differently, as a segment without tokens is joined to the one before it. */
function haveSameSegments({ of, sides }: Comparison): boolean {
  const [a, b] = [sides[0].analysis.bounds, sides[1].analysis.bounds];
  return of === "models" && a.length === b.length && a.every((bound, index) => bound === b[index]);
}
