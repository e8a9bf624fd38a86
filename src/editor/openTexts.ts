import * as vscode from "vscode";

/** The documents that have a tab of their own, each once. */
export function openTexts(): vscode.Uri[] {
  const uris = tabInputs().flatMap((input) => (input instanceof vscode.TabInputText ? [input.uri] : []));
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
}

/** Those, and the ones that a tab shows side by side. */
export function textsInTabs(): vscode.Uri[] {
  const sideBySide = tabInputs().flatMap((input) =>
    input instanceof vscode.TabInputTextDiff ? [input.original, input.modified] : [],
  );
  return [...openTexts(), ...sideBySide];
}

function tabInputs(): unknown[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => input));
}
