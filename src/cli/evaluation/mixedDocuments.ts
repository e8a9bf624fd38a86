import { paragraphs as paragraphsOf } from "../../document/paragraphs";
import { UserError } from "../../errors";
import type { NamedText } from "../../engine/client";
import type { Random } from "./random";
import type { TestRow } from "./testSet";

/** A document of several parts, one behind the other. */
export interface MixedDocument extends NamedText {
  readonly parts: readonly Part[];
}

export interface Part {
  readonly label: string;
  /** The half-open range of UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
}

const PARTS = { least: 2, most: 4 };
const PART_WORDS = { least: 150, most: 600 };
const BLANK_LINE = "\n\n";

/**
 * Makes documents of two to four parts with different labels, each a run of whole paragraphs of a row. A label whose rows
 * have no such run, such as transcripts without blank lines, is in none.
 * @throws UserError when fewer than two labels have one.
 */
export function mixedDocuments(rows: readonly TestRow[], count: number, random: Random): MixedDocument[] {
  const sources = new Map<string, Source[]>();
  for (const { text, label } of rows) {
    const runs = paragraphRuns(text);
    if (runs.length > 0) sources.set(label, [...(sources.get(label) ?? []), { text, runs }]);
  }
  if (sources.size < PARTS.least) {
    throw new UserError("Mixed documents need paragraphs of two labels at least: use the whole test set.");
  }
  return Array.from({ length: count }, (_, k) => {
    const parts: Part[] = [];
    let text = "";
    const wanted = PARTS.least + random.integer(PARTS.most - PARTS.least + 1);
    for (const [label, ofLabel] of random.shuffled([...sources]).slice(0, wanted)) {
      if (text !== "") text += BLANK_LINE;
      const start = text.length;
      text += drawPart(ofLabel, random);
      parts.push({ label, start, end: text.length });
    }
    return { text, parts, name: `mixed document ${k + 1}` };
  });
}

/** A row's text, and where runs of its whole paragraphs begin and can end to have as many words as a part has. */
interface Source {
  readonly text: string;
  readonly runs: readonly { readonly start: number; readonly ends: readonly number[] }[];
}

function drawPart(sources: readonly Source[], random: Random): string {
  const { text, runs } = random.item(sources);
  const { start, ends } = random.item(runs);
  return text.slice(start, random.item(ends)).trim();
}

function paragraphRuns(text: string): Source["runs"] {
  const paragraphs = Array.from(paragraphsOf(text), ({ start, end }) => {
    return { start, end, words: text.slice(start, end).match(/\S+/g)?.length ?? 0 };
  });
  return paragraphs.flatMap(({ start }, first) => {
    const ends: number[] = [];
    let words = 0;
    for (const paragraph of paragraphs.slice(first, first + PART_WORDS.most)) {
      words += paragraph.words;
      if (words > PART_WORDS.most) break;
      if (words >= PART_WORDS.least) ends.push(paragraph.end);
    }
    return ends.length > 0 ? [{ start, ends }] : [];
  });
}
