import path from "node:path";
import * as vscode from "vscode";
import { counted } from "../../analysis/figures";
import { csvLines } from "../../corpus/csv";
import type { Notifier } from "../../editor/notifier";
import { saveExport } from "../saveExport";
import type { CorpusRun } from "./corpusRun";
import type { RowsFormat } from "./protocol";

const KINDS: Readonly<Record<RowsFormat, string>> = { csv: "Comma-separated values", jsonl: "JSON lines" };

/** Asks where to, and writes the rows there. @throws UserError as {@link saveExport}. */
export async function exportRows({ folder, rows }: CorpusRun, format: RowsFormat, notifier: Notifier): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(path.join(path.dirname(folder), `${path.basename(folder) || "disk"}-ponet.${format}`)),
    filters: { [KINDS[format]]: [format] },
  });
  if (!target) return;
  const lines = format === "csv" ? csvLines(rows) : jsonLines(rows);
  await saveExport(target, lines, counted(rows.length, "row"), notifier);
}

function* jsonLines(rows: CorpusRun["rows"]): Generator<string> {
  for (const row of rows) yield `${JSON.stringify(row)}\n`;
}
