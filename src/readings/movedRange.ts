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
 * A range of a document after edits that were made one after the other; empty where its text was taken out. What is typed
 * at its end or inside belongs to it, what is typed at its start does not, and of one whose beginning or end was replaced
 * the rest is left. An edit of more than the range tells nothing of where that is, unless it keeps several lines, as a
 * change of their ends does.
 */
export function movedRange(range: Stretch, edits: readonly Edit[]): Stretch {
  return edits.reduce((moved, edit) => (isWithin(moved, edit) ? kept(moved, edit) : shifted(moved, edit)), range);
}

/** Whether an edit replaces the range and more. */
function isWithin({ start, end }: Stretch, { range }: Edit): boolean {
  const isInside = !isBefore(start, range.start) && !isBefore(range.end, end);
  return isInside && (isBefore(range.start, start) || isBefore(end, range.end));
}

function kept(range: Stretch, edit: Edit): Stretch {
  const { start, end } = edit.range;
  const lines = linesOf(edit.text);
  const holds = ({ line, character }: Place): boolean => {
    const before = line === start.line ? start.character : 0;
    return character <= before + (lines[line - start.line]?.length ?? 0);
  };
  const keepsLines = lines.length > 1 && lines.length === end.line - start.line + 1;
  return keepsLines && holds(range.start) && holds(range.end) ? range : { start, end: start };
}

function shifted({ start, end }: Stretch, edit: Edit): Stretch {
  const { range } = edit;
  const isInsertion = !isBefore(range.start, range.end);
  const staysAt = isBefore(start, range.start) || (isSame(start, range.start) && !isInsertion);
  return {
    start: staysAt ? start : movedPlace(start, edit),
    end: isBefore(end, range.start) ? end : movedPlace(end, edit),
  };
}

/** Where a place at or after an edit's start is afterwards; one inside of what was replaced is after what replaced it. */
function movedPlace(place: Place, { range, text }: Edit): Place {
  const lines = linesOf(text);
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

function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

function isSame(a: Place, b: Place): boolean {
  return a.line === b.line && a.character === b.character;
}

function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
