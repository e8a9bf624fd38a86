import { fieldsOf, isIndex } from "../messageFields";
import type { FromPanel } from "./protocol";

/** More segments than any screen shows at once. */
const MOST_EXCERPTS = 500;

/** A message from the panel's page, checked; undefined when it is none that the protocol knows. */
export function parseFromPanel(message: unknown): FromPanel | undefined {
  const { type, readingId, segment, focus, segments, head, label } = fieldsOf(message);
  switch (type) {
    case "ready":
    case "classify":
    case "classifyAgain":
    case "cancel":
    case "explain":
      return { type };
    case "choose":
      if (!isIndex(readingId) || typeof head !== "string") return undefined;
      return { type, readingId, head, ...(typeof label === "string" && { label }) };
    case "reveal":
      return isIndex(readingId) && isIndex(segment) ? { type, readingId, segment, focus: focus === true } : undefined;
    case "tokens":
      if (!isIndex(readingId) || (segment !== undefined && !isIndex(segment))) return undefined;
      return { type, readingId, ...(segment !== undefined && { segment }) };
    case "point":
      return isIndex(readingId) ? { type, readingId, ...(isIndex(segment) && { segment }) } : undefined;
    case "excerpts":
      if (!isIndex(readingId) || !Array.isArray(segments) || segments.length > MOST_EXCERPTS) return undefined;
      return { type, readingId, segments: segments.filter(isIndex) };
    default:
      return undefined;
  }
}
