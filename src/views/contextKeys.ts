import * as vscode from "vscode";
import type { Analyses } from "./analyses";

/** Keeps the context keys that the `when` clauses of commands and menus read. */
export function maintainContextKeys(analyses: Analyses): vscode.Disposable {
  const known = new Map<string, boolean>();
  const set = (key: string, value: boolean): void => {
    if (known.get(key) === value) return;
    known.set(key, value);
    void vscode.commands.executeCommand("setContext", key, value);
  };
  return analyses.onDidChange(() => {
    const states = analyses.all();
    set(
      "ponet.running",
      states.some(({ running }) => running),
    );
    set(
      "ponet.analyzed",
      states.some(({ reading }) => reading),
    );
  });
}
