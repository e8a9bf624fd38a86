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
  /** At most. */
  readonly perLabel: number;
}

/**
 * Joins randomly drawn rows of one label, with a blank line between, until they are long enough. No two documents share a row,
 * so that each tells something of its own: a label has as many as its rows with words are enough for, and one, with rows more
 * than once, where they are not enough for any.
 */
export function longDocuments(
  rows: readonly TestRow[],
  countTokens: (text: string) => number,
  size: LongDocumentSize,
  random: Random,
): LongDocument[] {
  const sized = rows.map((row) => ({ row, tokens: countTokens(row.text) })).filter((row) => row.tokens > 0);
  return [...new Set(sized.map(({ row }) => row.label))].sort().flatMap((label) => {
    const ofLabel = random.shuffled(sized.filter(({ row }) => row.label === label));
    return joined(ofLabel, size).map((members) => {
      const text = members.map((row) => row.text).join("\n\n");
      return { label, members, text, name: `${members.length} documents of "${label}"` };
    });
  });
}

interface Sized {
  readonly row: TestRow;
  readonly tokens: number;
}

/** The members of each document of one label. */
function joined(rows: readonly Sized[], { tokens, perLabel }: LongDocumentSize): TestRow[][] {
  const rounds = Math.ceil(tokens / rows.reduce((sum, row) => sum + row.tokens, 0));
  const most = rounds > 1 ? 1 : perLabel;
  const documents: TestRow[][] = [];
  let members: TestRow[] = [];
  let length = 0;
  for (const { row, tokens: more } of Array.from({ length: rounds }, () => rows).flat()) {
    if (documents.length === most) break;
    members.push(row);
    length += more;
    if (length < tokens) continue;
    documents.push(members);
    [members, length] = [[], 0];
  }
  return documents;
}
