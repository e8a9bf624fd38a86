import { summarize } from "./accuracy";
import type { Beginnings } from "../../models/card";
import type { HeadReader } from "./headReader";
import { Random } from "./random";
import { predict, type TestRow } from "./testSet";

/** What is read of each text, and of how many. */
export interface BeginningsSize {
  readonly tokens: number;
  readonly rows: number;
}

const SEED = 64;

/** What a head says of the beginnings of texts that are longer, and how sure it is of it; undefined where none is. */
export async function measureBeginnings(
  reader: HeadReader,
  rows: readonly TestRow[],
  size: BeginningsSize,
): Promise<Beginnings | undefined> {
  const cut: TestRow[] = [];
  for (const row of new Random(SEED).shuffled(rows)) {
    const text = reader.beginning(row.text, size.tokens);
    if (text !== undefined) cut.push({ ...row, text });
    if (cut.length === size.rows) break;
  }
  if (cut.length === 0) return undefined;
  const { n, accuracy, interval95, ece, eceByChance } = summarize(
    await predict(reader, cut, "beginnings"),
    reader.labels,
  );
  return { tokens: size.tokens, n, accuracy, interval95, ece, eceByChance };
}
