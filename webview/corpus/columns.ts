import { isClassified, verdictOf, type Row } from "../../src/corpus/row";

/** A column of the results, and what its rows are sorted by. */
export interface Column {
  /** The same whichever columns there are. */
  readonly id: string;
  readonly title: string;
  /** What comes first in ascending order is smallest; rows without a value come last in either. */
  readonly value: (row: Row) => string | number | undefined;
  /** Decides between equal values, largest first. */
  readonly second?: (row: Row) => number;
}

/** The columns of a file's name, each head's verdict and the tokens. */
export function columnsOf(heads: readonly string[]): Column[] {
  return [
    { id: "file", title: "File", value: ({ path }) => path },
    ...heads.map((head) => ({
      id: `head ${head}`,
      title: head,
      value: (row: Row) => verdictOf(row, head)?.label,
      second: (row: Row) => verdictOf(row, head)?.score ?? 0,
    })),
    { id: "tokens", title: "Tokens", value: (row) => (isClassified(row) ? row.tokens : undefined) },
  ];
}

/**
 * The places of the rows in the order of a column.
 * @param before The order of the first of them, if there is one: what is sorted already is soon sorted.
 */
export function sorted(
  rows: readonly Row[],
  { value, second }: Column,
  descending: boolean,
  before: Uint32Array = new Uint32Array(),
): Uint32Array {
  const values = rows.map(value);
  const seconds = second && rows.map(second);
  const sign = descending ? -1 : 1;
  const places = before.length <= rows.length ? Array.from(before) : [];
  for (let place = places.length; place < rows.length; place++) places.push(place);
  // The sort of arrays takes such runs as they are, that of typed arrays does not.
  places.sort((a, b) => {
    const x = values[a];
    const y = values[b];
    if (x === y) return (seconds?.[b] ?? 0) - (seconds?.[a] ?? 0) || a - b;
    if (x === undefined) return 1;
    if (y === undefined) return -1;
    return x < y ? -sign : sign;
  });
  return Uint32Array.from(places);
}
