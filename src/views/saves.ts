import * as vscode from "vscode";
import type { Analyses } from "./analyses";
import { documentAt } from "./documentAt";
import { readingOfHeir } from "./staleness";

/**
 * Keeps the reading of a document that is saved as another file: VS Code puts its text into that file's document, saves that,
 * and then closes the first one, so for a moment there are two with the same text.
 */
export function followSaves(analyses: Analyses): vscode.Disposable {
  const heirs = new Map<string, vscode.TextDocument>();
  const pair = (heir: vscode.TextDocument): void => {
    if (heir.isUntitled) return;
    for (const { uri, reading } of analyses.all()) {
      const saved = documentAt(uri);
      if (!reading || saved === heir || saved?.lineCount !== heir.lineCount) continue;
      if (saved.getText() === heir.getText()) heirs.set(uri.toString(), heir);
    }
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) pair(document);
    }),
    // The file may have had that text before.
    vscode.workspace.onDidSaveTextDocument(pair),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      const heir = heirs.get(uri.toString());
      heirs.delete(uri.toString());
      const reading = analyses.get(uri)?.reading;
      if (heir && reading && !heir.isClosed && !heir.isDirty) analyses.restore(heir.uri, readingOfHeir(heir, reading));
    }),
  );
}
