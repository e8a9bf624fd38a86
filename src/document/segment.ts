import { fixedCuts } from "./fixed";
import { paragraphCuts } from "./paragraphCuts";
import { LONGEST_PIECE } from "./pieces";
import { sectionCuts } from "./sections";
import type { Segmentation } from "./segmentations";
import { sentenceCuts } from "./sentences";
import { isBlank } from "./space";

/** Where to cut a text: ascending UTF-16 offsets. Some may be the same, or the start or the end of the text. */
const CUTS: Record<Segmentation, (text: string) => number[]> = {
  paragraph: paragraphCuts,
  sentence: sentenceCuts,
  section: sectionCuts,
  fixed: fixedCuts,
};

/**
 * Cuts `text` into K segments. None holds only white space, unless the whole text does: a blank one is part of the one
 * before it, and at the start of the text of the one behind it. A text of which nearly all is one section is cut into
 * paragraphs.
 *
 * @returns [K + 1] Strictly ascending UTF-16 offsets from 0 to the text's length: segment k is the half-open range from
 *   `bounds[k]` to `bounds[k + 1]`. K is 0 for the empty text, and at least 1 for any other.
 */
export function segment(text: string, how: Segmentation): Uint32Array {
  if (text === "") return Uint32Array.of(0);
  const bounds = boundsOf(text, CUTS[how](text));
  return how === "section" && isOneSection(bounds) ? segment(text, "paragraph") : bounds;
}

/** The share of a text that its longest section has at most: more would say nothing of where in the text what is. */
const LONGEST_SECTION = 0.9;

/** Whether the sections tell nothing apart: there is one, or one that is long and holds nearly all. */
function isOneSection(bounds: Uint32Array): boolean {
  const longest = Math.max(LONGEST_PIECE, LONGEST_SECTION * (bounds.at(-1) ?? 0));
  return bounds.length === 2 || bounds.some((end, k) => end - (bounds[k - 1] ?? 0) > longest);
}

/** The bounds of the segments between the cuts of a text that is not empty. */
function boundsOf(text: string, cuts: readonly number[]): Uint32Array {
  const bounds = [0];
  let hasWords = false;
  for (let k = 0; k <= cuts.length; k++) {
    const start = cuts[k - 1] ?? 0;
    if (isBlank(text, start, cuts[k] ?? text.length)) continue;
    if (hasWords) bounds.push(start);
    hasWords = true;
  }
  bounds.push(text.length);
  return Uint32Array.from(bounds);
}
