import type { FromComparison, Which } from "./protocol";

/** More segments than the page ever asks of at once. */
const MOST_EXCERPTS = 100;

/** A message from the page of a comparison, checked; undefined when it is none that the protocol knows. */
export function parseFromComparison(message: unknown): FromComparison | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  const { type, side, segment, focus, segments } = message as Readonly<Record<string, unknown>>;
  switch (type) {
    case "ready":
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

function isSide(value: unknown): value is Which {
  return value === 0 || value === 1;
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
