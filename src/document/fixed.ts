import { isWordStart, outsideOfPair } from "./space";

/** Into how many runs a text is cut that is long enough for them. */
const FIXED_SEGMENTS = 64;

/** The units after which a run of characters without white space is no word any more, and is cut anywhere. */
const LONGEST_WORD = 64;

/** Cuts `text` into {@link FIXED_SEGMENTS} runs of equal length but for the rest of the last word. */
export function fixedCuts(text: string): number[] {
  const targets = Array.from({ length: FIXED_SEGMENTS - 1 }, (_, k) => ((k + 1) * text.length) / FIXED_SEGMENTS);
  return targets.map((target) => nextBoundary(text, Math.round(target)));
}

function nextBoundary(text: string, target: number): number {
  for (let offset = target; offset < target + LONGEST_WORD; offset++) {
    if (offset >= text.length || isWordStart(text, offset)) return offset;
  }
  return outsideOfPair(text, target);
}
