import type { Segmentation } from "../../document/segmentations";
import type { NamedText } from "../../engine/client";
import { UserError } from "../../errors";
import type { HeadReader, Reading } from "./headReader";
import { readRows } from "./jsonl";
import { mapWithProgress } from "./progress";

/** A text whose label is known. */
export interface TestRow extends NamedText {
  readonly label: string;
  /** What it shares with other rows, which are right or wrong together. */
  readonly group?: string | undefined;
}

/**
 * The rows of a file that a head is tested with.
 * @param split Only rows whose "split" is this; undefined: every row.
 * @throws UserError when there are none, or one has a label that the head does not know.
 */
export async function readTestSet(file: string, split: string | undefined, reader: HeadReader): Promise<TestRow[]> {
  const rows: TestRow[] = [];
  for await (const { text, label, group } of readRows(file, split)) {
    if (!reader.labels.includes(label)) {
      throw new UserError(
        `"${file}" has the label "${label}", which the head "${reader.head}" does not know: use the head's own data.`,
      );
    }
    rows.push({ text, label, group, name: `${file}, row ${rows.length + 1}` });
  }
  if (rows.length === 0) throw new UserError(`"${file}" has no rows to evaluate: check the file and the split.`);
  return rows;
}

/**
 * The rows, read whole, each with what the head says of it. A text without words cannot be classified, which is an error of
 * ours, not a row to leave out.
 * @param title of the lines of progress
 * @throws UserError when a row's text is not one
 */
export function predict<T extends TestRow>(
  reader: HeadReader,
  rows: readonly T[],
  title: string,
  segmentation?: Segmentation,
): Promise<(T & Reading)[]> {
  return mapWithProgress(`${reader.head}, ${title}`, rows, (batch) => reader.read(batch, segmentation));
}
