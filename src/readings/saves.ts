import * as vscode from "vscode";
import { documentAt } from "../editor/documentAt";
import { textLength } from "../editor/textLength";
import type { Settings } from "../settings";
import type { Analyses } from "./analyses";
import type { Choice } from "./choice";
import { isUnchanged, readingOfHeir } from "./staleness";

/** After the other file is saved, VS Code takes no longer to close the document. */
const CLOSED_WITHIN_MS = 3000;

/** The document of another file with the same text, and when that was first saved since. */
interface Heir {
  readonly document: vscode.TextDocument;
  savedAt?: number;
}

/**
 * Keeps the reading, and the labels chosen, of a document that is saved as another file: VS Code puts its text into that file's
 * document, saves that, and then closes the first one, so for a moment there are two with the same text.
 */
export function followSaves(analyses: Analyses, choice: Choice, settings: Settings): vscode.Disposable {
  const heirs = new Map<string, Heir>();
  const pair = (heir: vscode.TextDocument, changes: readonly vscode.TextDocumentContentChangeEvent[]): void => {
    if (heir.isUntitled) return;
    for (const { uri, reading } of analyses.all()) {
      const saved = documentAt(uri);
      if (!reading || saved === heir || saved?.lineCount !== heir.lineCount) continue;
      // The whole of an edited text is put together anew, megabytes for every key, but for edits that make lines alike.
      if (!changes.every(({ range }) => isAlikeAt(range.start.line, saved, heir))) continue;
      if (textLength(saved) === textLength(heir) && saved.getText() === heir.getText())
        heirs.set(uri.toString(), { document: heir });
    }
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) pair(document, contentChanges);
    }),
    vscode.workspace.onDidSaveTextDocument((document) => {
      // The file may have had that text before.
      pair(document, []);
      for (const heir of heirs.values()) {
        if (heir.document === document) heir.savedAt ??= performance.now();
      }
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      const { document: heir, savedAt = -Infinity } = heirs.get(uri.toString()) ?? {};
      heirs.delete(uri.toString());
      const reading = analyses.get(uri)?.reading;
      if (!heir || !reading || heir.isClosed || heir.isDirty) return;
      // Saving may format a text. What says other things for longer is another document, though it once said the same.
      const isSavedNow = performance.now() - savedAt < CLOSED_WITHIN_MS;
      if (!isSavedNow && !isUnchanged(heir, reading)) return;
      choice.follow(uri, heir.uri);
      analyses.restore(heir.uri, readingOfHeir(heir, reading, settings.decisiveOf(heir)));
    }),
  );
}

/** Whether two documents of as many lines are alike in a line, or, where edits have left fewer, in the last. */
function isAlikeAt(line: number, first: vscode.TextDocument, second: vscode.TextDocument): boolean {
  const there = Math.min(line, first.lineCount - 1);
  return first.lineAt(there).text === second.lineAt(there).text;
}
