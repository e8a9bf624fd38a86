import * as vscode from "vscode";
import type { Settings } from "../settings";
import type { Analyses } from "./analyses";
import type { Choice } from "./choice";
import type { Reading } from "./reading";
import { readingOfHeir } from "./staleness";

type Renamed = vscode.FileRenameEvent["files"];

/**
 * Keeps the readings, and the labels chosen, of files that are renamed or moved: to VS Code their documents are closed, and
 * others opened.
 */
export function followRenames(analyses: Analyses, choice: Choice, settings: Settings): vscode.Disposable {
  /** By the address to come. */
  const readings = new Map<string, Reading>();
  const collect = (files: Renamed): void => {
    for (const { uri, reading } of analyses.all()) {
      if (!reading) continue;
      for (const file of files) {
        const target = renamed(uri, file);
        if (!target) continue;
        readings.set(target.toString(), reading);
        choice.follow(uri, target);
      }
    }
  };
  return vscode.Disposable.from(
    vscode.workspace.onWillRenameFiles(({ files }) => {
      readings.clear();
      collect(files);
    }),
    vscode.workspace.onDidRenameFiles(({ files }) => {
      // An undone renaming is not announced before.
      collect(files);
      for (const document of vscode.workspace.textDocuments) {
        const reading = readings.get(document.uri.toString());
        if (reading) analyses.restore(document.uri, readingOfHeir(document, reading, settings.decisiveOf(document)));
      }
      readings.clear();
    }),
  );
}

/** The new address of a file that is renamed, or lies in a folder that is; of others undefined. */
function renamed(uri: vscode.Uri, { oldUri, newUri }: Renamed[number]): vscode.Uri | undefined {
  // Written out, since paths alone may differ in the case of a drive's letter.
  const [before, folder] = [uri.toString(), oldUri.toString()];
  if (before !== folder && !before.startsWith(`${folder}/`)) return undefined;
  return newUri.with({ path: newUri.path + uri.path.slice(oldUri.path.length) });
}
