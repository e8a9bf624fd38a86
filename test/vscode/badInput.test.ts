import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { openAsText } from "../../src/commands/target";
import {
  classified,
  classify,
  closeEditors,
  lens,
  messagesDuring,
  openSample,
  openText,
  set,
  stateOf,
  until,
} from "./lens";

/** One sentence that names the culprit. */
function assertOneSentence(messages: readonly string[], culprit: string): void {
  const [message = "", ...others] = messages;
  assert.ok(message.includes(culprit), message);
  assert.ok(!message.includes("\n"), message);
  assert.deepEqual(others, []);
}

describe("Bad input", () => {
  const folder = mkdtempSync(join(tmpdir(), "ponet-lens-input-"));

  afterEach(closeEditors);
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const [name, content] of [
    ["an empty", ""],
    ["a blank", " \n\t\n"],
  ] as const) {
    it(`${name} document is refused in one sentence`, async () => {
      const { document } = await openText(content);
      assertOneSentence(await messagesDuring(classify), "Untitled-");
      const { analyses, panel } = await lens();
      assert.equal(analyses.get(document.uri)?.reading, undefined);
      assert.ok(panel.status.failure);
    });
  }

  it("a binary file is refused in one sentence", async () => {
    const file = join(folder, "picture.bin");
    writeFileSync(
      file,
      Uint8Array.from({ length: 4096 }, (_, i) => (i * 7) % 256),
    );
    const messages = await messagesDuring(() =>
      Promise.resolve(vscode.commands.executeCommand("ponet.classifyDocument", vscode.Uri.file(file))),
    );
    assertOneSentence(messages, "picture.bin cannot be read, or not as text: save what it says as text");
  });

  it("a file that is gone is told as such", async () => {
    const gone = vscode.Uri.file(join(folder, "gone.txt"));
    const messages = await messagesDuring(() =>
      Promise.resolve(vscode.commands.executeCommand("ponet.classifyDocument", gone)),
    );
    assertOneSentence(messages, "gone.txt is not there any more");
    // VS Code would make another of that name.
    await assert.rejects(openAsText(vscode.Uri.parse("untitled:Untitled-99")), {
      message: "Untitled-99 is not there any more or cannot be opened: choose it where it is now.",
    });
  });

  it("no document at all is told in one sentence", async () => {
    assertOneSentence(await messagesDuring(classify), "Open a text document first");
  });

  it("a notebook is no document, whatever was read before", async () => {
    const file = join(folder, "notes.ipynb");
    const cell = { cell_type: "markdown", metadata: {}, source: ["Some words in a cell."] };
    writeFileSync(file, JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    const uri = vscode.Uri.file(file);
    await classified((await openSample()).document);
    const sentence = "notes.ipynb is a notebook, which PoNet does not read: save what it says as text first.";
    await assert.rejects(openAsText(uri), { message: sentence });
    const { document } = await vscode.window.showTextDocument(uri);
    await until(() => vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputText);
    assert.equal(await openAsText(uri), document, "somebody has it open as text");
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    await vscode.window.showNotebookDocument(notebook, { viewColumn: vscode.ViewColumn.Beside });
    assert.equal(await openAsText(uri), document, "and as a notebook, too");

    // To open a notebook a second time takes VS Code half a minute.
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(tabs.filter(({ input }) => input instanceof vscode.TabInputText));
    assertOneSentence(await messagesDuring(classify), sentence);
    const given = async (): Promise<void> => {
      await vscode.commands.executeCommand("ponet.classifyDocument", uri);
    };
    assertOneSentence(await messagesDuring(given), sentence);
  });

  for (const [name, end] of [
    ["an empty", 0],
    ["a blank", 3],
  ] as const) {
    it(`${name} selection is told in one sentence, and takes nothing from what was read before`, async () => {
      const editor = await openText("\n \n\nA wonderful film.");
      const { document } = editor;
      const { id } = await classified(document);
      editor.selection = new vscode.Selection(0, 0, end, 0);
      const messages = await messagesDuring(() =>
        Promise.resolve(vscode.commands.executeCommand("ponet.classifySelection")),
      );
      assertOneSentence(messages, "Select some text first");
      const { analyses } = await lens();
      assert.equal(analyses.current(document)?.id, id);
      await vscode.commands.executeCommand("ponet.classifyAgain");
      assert.equal(analyses.current(document)?.text, document.getText());
    });
  }

  it("a model folder that is missing leaves the last analysis, stale", async () => {
    const { document } = await openSample();
    const { id } = await classified(document);
    const messages = await messagesDuring(async () => {
      await set("model", join(folder, "nowhere"));
      await stateOf(document, (state) => state?.failure !== undefined);
    });
    assertOneSentence(messages, join(folder, "nowhere"));
    const { analyses, panel } = await lens();
    assert.equal(analyses.get(document.uri)?.reading?.id, id);
    assert.ok(panel.status.stale);
    await set("model", "ponet-tiny");
    await stateOf(document, (state) => state?.failure === undefined && state?.running === undefined);
    assert.ok(analyses.current(document));
  });

  it("a provider that this machine lacks is an error that names those it has", async () => {
    const { document } = await openSample();
    const lacking = process.platform === "win32" ? "coreml" : "dml";
    await set("executionProvider", lacking);
    const messages = await messagesDuring(classify);
    assertOneSentence(messages, lacking);
    assert.match(messages[0] ?? "", /\bcpu\b/);
    await set("executionProvider", undefined);
    await classified(document);
  });
});
