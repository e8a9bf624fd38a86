import path from "node:path";
import * as vscode from "vscode";
import { csvLines } from "../../corpus/csv";
import type { CorpusRun } from "./corpusRun";
import type { ExportFormat } from "./protocol";

const KINDS: Readonly<Record<ExportFormat, string>> = { csv: "Comma-separated values", jsonl: "JSON lines" };

/** Asks where to, and writes the rows there. */
export async function exportRows({ folder, rows }: CorpusRun, format: ExportFormat): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(path.join(path.dirname(folder), `${path.basename(folder)}-ponet.${format}`)),
    filters: { [KINDS[format]]: [format] },
  });
  if (!target) return;
  const lines = format === "csv" ? [...csvLines(rows)] : rows.map((row) => `${JSON.stringify(row)}\n`);
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(lines.join("")));
}
