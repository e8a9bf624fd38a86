import type { DocumentScores } from "../analysis/analysis";
import { documentVerdict, doubtAbout, type Verdict } from "../analysis/verdict";

/** What a result holds for: this content, read by this model in this way. */
export interface Key {
  /** Absolute path of the file. */
  readonly path: string;
  /** The sha256 of its bytes. */
  readonly hash: string;
  /** The model's folder and the beginning of its files' sha256, see {@link modelKey}. */
  readonly model: string;
  readonly segmentation: string;
  /** The execution provider that was asked for; results of before it was told of have none. */
  readonly provider?: string | undefined;
}

/** A document that was classified, as a line of a results file. */
export interface Classified extends Key {
  /** The execution provider that ran; results of before it was told of have none. */
  readonly ranOn?: string | undefined;
  readonly tokens: number;
  /** Why its verdicts are not to be believed, where that is so. */
  readonly doubt?: string | undefined;
  /** The verdict of each head, in the model's order. */
  readonly heads: Readonly<Record<string, Verdict>>;
}

/** A file that was not: why, in one sentence. */
export interface NotRead {
  readonly path: string;
  readonly error: string;
}

/** What came of one file. */
export type Row = Classified | NotRead;

/** The row of a document that was read. */
export function classified(key: Key, { provider, tokens, heads }: DocumentScores): Classified {
  const verdicts = Object.fromEntries(heads.map((head) => [head.name, documentVerdict(head)]));
  const doubt = doubtAbout({ heads });
  return { ...key, ranOn: provider, tokens, ...(doubt !== undefined && { doubt }), heads: verdicts };
}

/** The heads of all rows, in order: rows of an earlier run may be another model's. */
export function headsOf(rows: readonly Row[]): string[] {
  const heads = new Set<string>();
  for (const row of rows) if (isClassified(row)) for (const head of Object.keys(row.heads)) heads.add(head);
  return [...heads];
}

/** Whether the row is one of a document that was classified. */
export function isClassified(row: Row): row is Classified {
  return "heads" in row;
}

/** What a head says of a row's document, where it was asked; it may be called as what every object has. */
export function verdictOf(row: Row, head: string): Verdict | undefined {
  return isClassified(row) && Object.hasOwn(row.heads, head) ? row.heads[head] : undefined;
}
