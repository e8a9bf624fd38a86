import { isClassified, verdictOf, type Row } from "./row";

/** How many documents have each label of one head, the most frequent first; those that are not sure are counted apart. */
export interface LabelCounts {
  readonly head: string;
  readonly labels: readonly (readonly [label: string, documents: number])[];
  readonly unsure: number;
}

/** Counts the labels of every head. */
export function labelCounts(rows: readonly Row[]): LabelCounts[] {
  const documents = rows.filter(isClassified);
  const heads = Object.keys(documents[0]?.heads ?? {});
  return heads.map((head) => {
    const counts = new Map<string, number>();
    let unsure = 0;
    for (const row of documents) {
      const verdict = verdictOf(row, head);
      if (verdict?.sure) counts.set(verdict.label, (counts.get(verdict.label) ?? 0) + 1);
      else unsure++;
    }
    return { head, labels: [...counts].sort(([, a], [, b]) => b - a), unsure };
  });
}
