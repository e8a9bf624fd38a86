import * as vscode from "vscode";
import type { Analyses } from "../readings/analyses";
import type { ShownDocument } from "../readings/shownDocument";

/** Keeps the context keys that the `when` clauses of commands and menus read. */
export function maintainContextKeys(analyses: Analyses, shown: ShownDocument): vscode.Disposable {
  const known = new Map<string, boolean>();
  const set = (key: string, value: boolean): void => {
    if (known.get(key) === value) return;
    known.set(key, value);
    void vscode.commands.executeCommand("setContext", key, value);
  };
  const update = (): void => {
    const { document } = shown;
    set(
      "ponet.running",
      analyses.all().some(({ running }) => running),
    );
    const { reading, running } = (document && analyses.get(document.uri)) ?? {};
    set("ponet.shownRunning", running !== undefined);
    set("ponet.analyzed", reading !== undefined);
  };
  // Those of before may still be set: the extension host may have been restarted during a run.
  update();
  return vscode.Disposable.from(analyses.onDidChange(update), shown.onDidChange(update));
}
