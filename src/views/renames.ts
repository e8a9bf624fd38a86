import * as vscode from "vscode";
import type { Analyses, Reading } from "./analyses";
import { isUnchanged } from "./staleness";

/** Keeps the reading of a file that is renamed: to VS Code its document is closed, and another one opened. */
export function followRenames(analyses: Analyses): vscode.Disposable {
  const readings = new Map<string, Reading>();
  return vscode.Disposable.from(
    vscode.workspace.onWillRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) {
        const reading = analyses.get(oldUri)?.reading;
        if (reading) readings.set(newUri.toString(), reading);
      }
    }),
    vscode.workspace.onDidRenameFiles(({ files }) => {
      for (const { newUri } of files) {
        const name = newUri.toString();
        const reading = readings.get(name);
        readings.delete(name);
        const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === name);
        if (!reading || !document || !isUnchanged(document, reading)) continue;
        analyses.restore(newUri, { ...reading, version: document.version });
      }
    }),
  );
}
