import { codePointAt, codePointBefore, contains, MARKS, UNSTRIPPED_COMBINING, unitsOf } from "./unicode";

/** A code point of the decomposed text, and the UTF-16 range in the text itself that it is taken to come from. */
export interface PlacedCodePoint {
  readonly codePoint: number;
  readonly start: number;
  readonly end: number;
}

/** The code points of the canonical decomposition of `codePoint`. */
export function decompose(codePoint: number): number[] {
  return Array.from(String.fromCodePoint(codePoint).normalize("NFD"), (char) => char.codePointAt(0) ?? 0);
}

/** Whether the combining class of `codePoint`, in the reference's Unicode, is not 0. */
export function isCombining(codePoint: number): boolean {
  if (contains(UNSTRIPPED_COMBINING, codePoint)) return true;
  return contains(MARKS, codePoint) && (swaps(HIGHEST_CLASS, codePoint) || swaps(codePoint, LOWEST_CLASS));
}

const HIGHEST_CLASS = 0x345;
const LOWEST_CLASS = 0x334;

/** Whether canonical order puts `b` before `a`. The class of a character never changes, so any Unicode version will do. */
function swaps(a: number, b: number): boolean {
  const pair = String.fromCodePoint(a, b);
  return pair.normalize("NFD") !== pair;
}

/**
 * Decomposes the run of combining characters around `at`, where there is one or a character that ends in one. In the
 * reference the first code points of the run's characters, in canonical order, take the places of these characters in
 * the order of the text, whichever they were; the others take the place of the code point before them.
 *
 * @param isDropped Tells the characters that are out of the text before it is decomposed.
 * @returns The run, and the UTF-16 offset behind it.
 */
export function decomposeRun(
  text: string,
  at: number,
  isDropped: (codePoint: number) => boolean,
): { readonly run: readonly PlacedCodePoint[]; readonly end: number } {
  const continues = (codePoint: number): boolean => isDropped(codePoint) || isCombining(decompose(codePoint)[0] ?? 0);
  let end = at;
  if (continues(codePointAt(text, at))) {
    while (end > 0 && continues(codePointBefore(text, end))) end -= unitsOf(codePointBefore(text, end));
  }

  const places: { start: number; end: number }[] = [];
  const codePoints: { codePoint: number; isFirst: boolean }[] = [];
  do {
    const codePoint = codePointAt(text, end);
    const start = end;
    end += unitsOf(codePoint);
    if (isDropped(codePoint)) continue;
    places.push({ start, end });
    decompose(codePoint).forEach((part, i) => codePoints.push({ codePoint: part, isFirst: i === 0 }));
  } while (end < text.length && continues(codePointAt(text, end)));

  const isStarter = !isCombining(codePoints[0]?.codePoint ?? 0);
  const starter = isStarter ? codePoints.slice(0, 1) : [];
  const combining = codePoints.slice(starter.length).sort((a, b) => compare(a.codePoint, b.codePoint));
  let place = -1;
  const run = [...starter, ...combining].map(({ codePoint, isFirst }) => {
    if (isFirst) place++;
    return { codePoint, start: places[place]?.start ?? at, end: places[place]?.end ?? at };
  });
  return { run, end };
}

const compare = (a: number, b: number): number => Number(swaps(a, b)) - Number(swaps(b, a));
