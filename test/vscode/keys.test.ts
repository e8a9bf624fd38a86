import assert from "node:assert/strict";
import * as vscode from "vscode";
import { extension } from "./lens";

interface Binding {
  readonly command: string;
  readonly key: string;
}

describe("Key bindings", () => {
  it("overwrite none of VS Code's own", async () => {
    const defaults = await vscode.workspace.openTextDocument(
      vscode.Uri.parse("vscode://defaultsettings/keybindings.json"),
    );
    const pattern = /"key": "([^"]+)",\s+"command": "([^"]+)"/g;
    const known = [...defaults.getText().matchAll(pattern)].map(([, key = "", command = ""]) => ({ key, command }));
    assert.ok(known.length > 500, `${known.length} default key bindings`);
    const { contributes } = extension().packageJSON as { contributes: { keybindings: Binding[] } };
    for (const { key, command } of contributes.keybindings) {
      const taken = known.filter((other) => other.key === key && !other.command.startsWith("ponet."));
      assert.deepEqual(taken, [], `${key}, meant for ${command}`);
    }
  });
});
