export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface Stretch {
  readonly start: Place;
  readonly end: Place;
}

/** Text that takes the place of what was in a range, as VS Code tells of it. */
export interface Edit {
  readonly range: Stretch;
  readonly text: string;
}

/**
 * A range of a document after edits that were made one after the other. What is typed at its end or inside belongs to it,
 * and what is typed at its start does not; of one that begins or ends in a text that was replaced, the rest is left.
 */
export function movedRange(range: Stretch, edits: readonly Edit[]): Stretch {
  return edits.reduce(({ start, end }, edit) => {
    const movedStart = isBefore(start, edit.range.start) ? start : movedPlace(start, edit);
    const movedEnd = isBefore(end, edit.range.start) ? end : movedPlace(end, edit);
    return { start: movedStart, end: isBefore(movedEnd, movedStart) ? movedStart : movedEnd };
  }, range);
}

/** Where a place at or after an edit's start is afterwards; one inside of what was replaced is after what replaced it. */
function movedPlace(place: Place, { range, text }: Edit): Place {
  const lines = text.split(/\r\n|\r|\n/);
  const last = lines.at(-1) ?? "";
  const after: Place = {
    line: range.start.line + lines.length - 1,
    character: lines.length > 1 ? last.length : range.start.character + last.length,
  };
  if (isBefore(place, range.end)) return after;
  if (place.line > range.end.line)
    return { line: place.line + after.line - range.end.line, character: place.character };
  return { line: after.line, character: place.character + after.character - range.end.character };
}

function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
