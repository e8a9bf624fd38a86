import type { NamedText } from "../../engine/client";
import type { Random } from "./random";
import type { TestRow } from "./testSet";

/** A document joined from test documents of one label. */
export interface LongDocument extends NamedText {
  readonly label: string;
  readonly members: readonly TestRow[];
}

/** How long and how many. */
export interface LongDocumentSize {
  /** Tokens of each document, at least. */
  readonly tokens: number;
  readonly perLabel: number;
}

/**
 * Joins randomly drawn rows of one label, with a blank line between, until they are long enough; every label that has rows
 * with words gets as many documents. A row is not drawn again before all others of its label were.
 */
export function longDocuments(
  rows: readonly TestRow[],
  countTokens: (text: string) => number,
  { tokens, perLabel }: LongDocumentSize,
  random: Random,
): LongDocument[] {
  const sized = rows.map((row) => ({ row, tokens: countTokens(row.text) })).filter((row) => row.tokens > 0);
  return [...new Set(sized.map(({ row }) => row.label))].sort().flatMap((label) => {
    const all = sized.filter(({ row }) => row.label === label);
    let rest: typeof all = [];
    return Array.from({ length: perLabel }, () => {
      const members: TestRow[] = [];
      for (let length = 0; length < tokens;) {
        if (rest.length === 0) rest = random.shuffled(all);
        const drawn = rest.pop();
        if (!drawn) break;
        members.push(drawn.row);
        length += drawn.tokens;
      }
      const text = members.map((row) => row.text).join("\n\n");
      return { label, members, text, name: `${members.length} documents of "${label}"` };
    });
  });
}
