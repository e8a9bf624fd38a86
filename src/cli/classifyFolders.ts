import { writeFile } from "node:fs/promises";
import { count, counted } from "../analysis/figures";
import { classifyCorpus } from "../corpus/classifyCorpus";
import { csvLines } from "../corpus/csv";
import { findDocuments } from "../corpus/documents";
import { progressLine, type CorpusProgress } from "../corpus/progress";
import { ResultsFile } from "../corpus/resultsFile";
import { isClassified, type Row } from "../corpus/row";
import { labelCounts, type LabelCounts } from "../corpus/summary";
import type { ReadingSettings } from "../engine/client";
import { UserError } from "../errors";
import { withEngine } from "./engine";
import { printable } from "./printable";
import { withOptions } from "./program";
import { table } from "./table";
import { checkWritable, notWritten } from "./writable";

/** Between two lines that say how far it is, in milliseconds. */
const INTERVAL_MS = 5000;

/**
 * Classifies the documents under folders, and files that are named beside them, and prints how many there are of each
 * label. Rows are appended to the results file as files finish, so that the same command goes on where it was ended. The
 * exit status is 1 when a file could not be read.
 * @param csv where all rows are written as a table
 */
export async function classifyFolders(
  paths: readonly string[],
  settings: ReadingSettings,
  resultsFile: string,
  csv: string | undefined,
): Promise<number> {
  const { documents, others } = await findDocuments(paths);
  if (documents.length === 0) {
    const where = paths.map((path) => `"${path}"`).join(", ");
    const only = others > 0 ? `, only ${counted(others, "other file")}` : "";
    throw new UserError(`There is no document in ${where}${only}: name a folder of texts.`);
  }
  if (csv !== undefined) await checkWritable(csv, "--csv");
  const results = await ResultsFile.open(resultsFile);
  const rows: Row[] = [];
  const onRow = (row: Row): void => {
    rows.push(row);
    if (!isClassified(row)) console.error(withOptions(row.error));
  };
  await withEngine((engine) => classifyCorpus({ documents, settings, engine, results, onRow, onProgress: reporter() }));
  const failed = rows.filter((row) => !isClassified(row)).length;
  console.log(table(labelCounts(rows).map(summaryLine)));
  const left = others > 0 ? `; ${counted(others, "file")} of other kinds left out` : "";
  const unread = failed > 0 ? `, ${count(failed)} of them not read` : "";
  console.log(`${counted(rows.length, "document")}${unread}: see ${printable(resultsFile)}${left}`);
  if (csv !== undefined) await writeTable(csv, rows);
  return failed > 0 ? 1 : 0;
}

async function writeTable(file: string, rows: readonly Row[]): Promise<void> {
  try {
    await writeFile(file, csvLines(rows));
  } catch (cause) {
    throw notWritten(file, cause, "close what has it open, then classify again, which reads nothing twice");
  }
}

function summaryLine({ head, labels, unsure }: LabelCounts): string[] {
  const counts = unsure > 0 ? [...labels, ["not sure", unsure] as const] : labels;
  return [head, counts.map(([label, documents]) => `${label} ${count(documents)}`).join(", ")];
}

/** Says on standard error now and then how far it is. */
function reporter(): (progress: CorpusProgress) => void {
  let said = performance.now();
  return (progress) => {
    const now = performance.now();
    if (now - said < INTERVAL_MS) return;
    said = now;
    console.error(progressLine(progress));
  };
}
