import { posix } from "node:path";
import * as vscode from "vscode";
import { EXPORT_FORMATS, type ExportFormat } from "../analysis/export/formats";
import { documentName } from "../editor/documentName";
import type { Notifier } from "../editor/notifier";
import type { Analyses } from "../readings/analyses";
import type { Choice } from "../readings/choice";
import { fieldsOf } from "../views/messageFields";
import { exportFolder, isWritable, saveExport } from "../views/saveExport";
import type { DocumentReading } from "./segmentTarget";

/**
 * "PoNet: Export Analysis…": asks for a format and a file, beside the document unless told otherwise, and writes it.
 * @param argument `{ format }` from a key binding, with the `target`, a Uri, from whoever runs the command in code: what is named
 *   there is not asked for
 * @throws UserError when the file cannot be written
 */
export async function exportAnalysis(
  { document, reading: onShow }: DocumentReading,
  analyses: Analyses,
  choice: Choice,
  notifier: Notifier,
  argument: unknown,
): Promise<void> {
  const format = formatOf(argument) ?? (await askForFormat());
  if (!format) return;
  const target = targetOf(argument) ?? (await askForFile(document.uri, onShow.selection !== undefined, format));
  // While the user was asked the document may have been edited, or classified again.
  const { analysis, text, selection, stale, explanations } = analyses.get(document.uri)?.reading ?? onShow;
  const chosen = choice.of(document.uri, analysis);
  if (!target || !chosen) return;
  const pieces = format.make({
    name: documentName(document.uri),
    analysis,
    text,
    isSelection: selection !== undefined,
    stale,
    explanations,
    ...chosen,
  });
  const what = stale === undefined ? format.title : `${format.title}, of an analysis that is out of date,`;
  await saveExport(target, pieces, what, notifier);
}

function formatOf(argument: unknown): ExportFormat | undefined {
  const { format } = fieldsOf(argument);
  return Object.entries(EXPORT_FORMATS).find(([name]) => name === format)?.[1];
}

function targetOf(argument: unknown): vscode.Uri | undefined {
  const { target } = fieldsOf(argument);
  return target instanceof vscode.Uri ? target : undefined;
}

async function askForFormat(): Promise<ExportFormat | undefined> {
  const items = Object.values(EXPORT_FORMATS).map((format) => ({ label: format.title, detail: format.about, format }));
  return (await vscode.window.showQuickPick(items, { title: "PoNet: Export Analysis" }))?.format;
}

function askForFile(
  document: vscode.Uri,
  isSelection: boolean,
  { title, extension }: ExportFormat,
): Thenable<vscode.Uri | undefined> {
  const part = isSelection ? ".selection" : "";
  const name = `${posix.parse(documentName(document)).name}${part}.ponet.${extension}`;
  return vscode.window.showSaveDialog({
    title: `Export ${title}`,
    defaultUri: vscode.Uri.joinPath(folderFor(document), name),
    filters: { [extension.toUpperCase()]: [extension] },
  });
}

/** The document's own folder; the workspace's, else the user's, where nothing can be written beside it. */
function folderFor(document: vscode.Uri): vscode.Uri {
  const isBeside = document.scheme !== "untitled" && isWritable(document);
  if (isBeside) return vscode.Uri.joinPath(document, "..");
  return exportFolder();
}
