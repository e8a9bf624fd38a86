import * as vscode from "vscode";

/** A row of a pick; one without a choice is there to be read. */
export interface ChoiceItem<T> extends vscode.QuickPickItem {
  readonly choice?: T;
}

/** A line above the rows that follow. */
export function separator(label: string): vscode.QuickPickItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** Shows the pick until a row with a choice is accepted; undefined when it is dismissed. */
export function chosen<T>(pick: vscode.QuickPick<ChoiceItem<T>>): Promise<T | undefined> {
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const choice = pick.selectedItems[0]?.choice;
      if (choice === undefined) return;
      resolve(choice);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
