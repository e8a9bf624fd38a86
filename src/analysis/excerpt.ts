const EXCERPT_LENGTH = 80;

/** Of a text that has been edited since it was read and was not kept. */
const NOT_KEPT = "(words not kept since an edit)";

/**
 * A segment's first words on one line, with an ellipsis where it goes on.
 * @param text What was read; it begins at the offset `bounds[0]`. Empty where that is not known.
 * @param bounds [K + 1] UTF-16 offsets.
 */
export function excerpt(text: string, bounds: Uint32Array, segment: number): string {
  const [origin = 0] = bounds;
  const [start = 0, end = start] = bounds.subarray(segment, segment + 2);
  if (text === "") return NOT_KEPT;
  const whole = text.slice(start - origin, end - origin).trim();
  // Twice the length, for the white space that folding takes away.
  const head = whole.slice(0, 2 * EXCERPT_LENGTH);
  const words = head.replaceAll(/\s+/g, " ");
  if (head.length === whole.length && words.length <= EXCERPT_LENGTH) return words;
  const lastSpace = words.lastIndexOf(" ", EXCERPT_LENGTH);
  // Where words are not set apart, or one is a long address, any place will do but the middle of a character.
  const cut = lastSpace > EXCERPT_LENGTH / 2 ? lastSpace : EXCERPT_LENGTH;
  return `${words
    .slice(0, cut)
    .trimEnd()
    .replace(/[\uD800-\uDBFF]$/, "")}…`;
}
