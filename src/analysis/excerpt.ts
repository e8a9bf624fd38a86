const EXCERPT_LENGTH = 80;

/**
 * A segment's first words on one line.
 * @param text What was read; it begins at the offset `bounds[0]`.
 * @param bounds [K + 1] UTF-16 offsets.
 */
export function excerpt(text: string, bounds: Uint32Array, segment: number): string {
  const [origin = 0] = bounds;
  const [start = 0, end = start] = bounds.subarray(segment, segment + 2);
  // Twice the length, for the white space that folding takes away.
  const head = text.slice(start - origin, Math.min(end - origin, start - origin + 2 * EXCERPT_LENGTH));
  return head.replaceAll(/\s+/g, " ").trim().slice(0, EXCERPT_LENGTH);
}
