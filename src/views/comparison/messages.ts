import { SEGMENTATIONS } from "../../document/segmentations";
import { fieldsOf, isIndex } from "../messageFields";
import type { FromComparison, Origin, Which } from "./protocol";

/** More segments than the page ever asks of at once. */
const MOST_EXCERPTS = 100;

/** A message from the page of a comparison, checked; undefined when it is none that the protocol knows. */
export function parseFromComparison(message: unknown): FromComparison | undefined {
  const { type, side, segment, focus, segments } = fieldsOf(message);
  switch (type) {
    case "ready":
    case "compare":
      return { type };
    case "reveal":
      return isSide(side) && isIndex(segment) ? { type, side, segment, focus: focus === true } : undefined;
    case "excerpts":
      if (!isSide(side) || !Array.isArray(segments) || segments.length > MOST_EXCERPTS) return undefined;
      return { type, side, segments: segments.filter(isIndex) };
    default:
      return undefined;
  }
}

/** What a page kept of its comparison, checked; undefined when it is nothing that a page of ours keeps. */
export function parseOrigin(state: unknown): Origin | undefined {
  const origin = fieldsOf(fieldsOf(state).origin);
  const { of, common, sides } = origin;
  if ((of !== "models" && of !== "documents") || typeof common !== "string" || !Array.isArray(sides)) return undefined;
  const [first, second] = sides.map(parseOriginSide);
  return first && second ? { of, common, sides: [first, second] } : undefined;
}

function parseOriginSide(side: unknown): Origin["sides"][0] | undefined {
  const { title, uri, modelKey, segmentation: named } = fieldsOf(side);
  const segmentation = SEGMENTATIONS.find((known) => known === named);
  if (typeof title !== "string" || typeof uri !== "string" || typeof modelKey !== "string") return undefined;
  return segmentation && { title, uri, modelKey, segmentation };
}

function isSide(value: unknown): value is Which {
  return value === 0 || value === 1;
}
