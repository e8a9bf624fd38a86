/**
 * By how many segments a part of a document has moved with an edit: as many as came or went where that was before the part,
 * none where it was in it or behind.
 *
 * @param before [K + 1] The bounds of the segments until then; `after`, those since.
 * @param from From where to where the part was, as places among the segments.
 */
export function movedBy(before: Uint32Array, after: Uint32Array, from: number, to: number): number {
  const end = Math.ceil(to);
  if (after[end] === before[end]) return 0;
  const first = Math.floor(from);
  const added = after.length - before.length;
  return lengthFrom(after, first + added) === lengthFrom(before, first) ? added : 0;
}

/** Of the text from a segment's start on; NaN of one that there is not. */
function lengthFrom(bounds: Uint32Array, segment: number): number {
  return (bounds.at(-1) ?? NaN) - (bounds[segment] ?? NaN);
}
