import path from "node:path";
import * as vscode from "vscode";
import { counted } from "../../analysis/figures";
import { csvLines } from "../../corpus/csv";
import { firstLine } from "../../errors";
import { documentName } from "../documentName";
import type { Notifier } from "../notifier";
import type { CorpusRun } from "./corpusRun";
import type { ExportFormat } from "./protocol";

const KINDS: Readonly<Record<ExportFormat, string>> = { csv: "Comma-separated values", jsonl: "JSON lines" };

/** Asks where to, writes the rows there, and tells of it; never rejects. */
export async function exportRows({ folder, rows }: CorpusRun, format: ExportFormat, notifier: Notifier): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(path.join(path.dirname(folder), `${path.basename(folder)}-ponet.${format}`)),
    filters: { [KINDS[format]]: [format] },
  });
  if (!target) return;
  const lines = format === "csv" ? [...csvLines(rows)] : rows.map((row) => `${JSON.stringify(row)}\n`);
  const name = documentName(target);
  try {
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(lines.join("")));
  } catch (error) {
    notifier.error(`${name} cannot be written (${firstLine(error)}): choose another place.`);
    return;
  }
  notifier.information(`${counted(rows.length, "row")} exported to ${name}.`, {
    title: "Open",
    run: () => vscode.commands.executeCommand("vscode.open", target),
  });
}
