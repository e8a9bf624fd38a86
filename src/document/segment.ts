import { fixedCuts } from "./fixed";
import { paragraphCuts } from "./paragraphs";
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
 * before it, and at the start of the text of the one behind it. A text of one section,
 * whatever front matter it has, is cut into paragraphs.
 *
 * @returns [K + 1] Strictly ascending UTF-16 offsets from 0 to the text's length: segment k is the half-open range from
 *   `bounds[k]` to `bounds[k + 1]`. K is 0 for the empty text, and at least 1 for any other.
 */
export function segment(text: string, how: Segmentation): Uint32Array {
  if (text === "") return Uint32Array.of(0);
  const bounds = boundsOf(text, CUTS[how](text));
  // One segment would say nothing of where in a text what is.
  return how === "section" && bounds.length === 2 ? segment(text, "paragraph") : bounds;
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
