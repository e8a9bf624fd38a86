import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  classified,
  classify,
  closeEditors,
  lens,
  messagesDuring,
  openLongText,
  openSample,
  openText,
  startClassifying,
  stateOf,
} from "./lens";

/** A long document of which only the beginning was read: what a later failure must leave. */
async function withLastGoodReading(): Promise<{ document: vscode.TextDocument; id: number }> {
  const editor = await openLongText();
  const { document } = editor;
  editor.selection = new vscode.Selection(0, 0, 4, 0);
  await vscode.commands.executeCommand("ponet.classifySelection");
  const { analyses } = await lens();
  const reading = analyses.current(document);
  assert.ok(reading);
  return { document, id: reading.id };
}

describe("An analysis that is interfered with", () => {
  afterEach(closeEditors);

  it("ends when it is cancelled, without a message, and leaves the last one as it was", async () => {
    const { document, id } = await withLastGoodReading();
    const messages = await messagesDuring(async () => {
      const { end } = await startClassifying(document);
      await vscode.commands.executeCommand("ponet.cancel");
      await end;
    });
    assert.deepEqual(messages, []);
    const { analyses } = await lens();
    assert.equal(analyses.get(document.uri)?.running, undefined);
    assert.equal(analyses.current(document)?.id, id);
  });

  it("leaves nothing behind when it is cancelled and there was none before", async () => {
    const { document } = await openLongText();
    const { end } = await startClassifying(document);
    await vscode.commands.executeCommand("ponet.cancel");
    await end;
    const { analyses, statusBar } = await lens();
    assert.equal(analyses.get(document.uri), undefined);
    assert.equal(statusBar.text, undefined);
  });

  it("ends alone when the panel cancels what it shows, and with all others when the palette cancels", async () => {
    const { document: other } = await openLongText(40);
    const { end } = await startClassifying(other);
    const { document } = await openText("A text that waits for the other one.");
    const shownEnd = classify();
    await stateOf(document, (state) => state?.running !== undefined);
    await vscode.commands.executeCommand("ponet.cancelShown");
    await shownEnd;
    const { analyses } = await lens();
    assert.equal(analyses.get(document.uri), undefined);
    assert.ok(analyses.get(other.uri)?.running);
    const again = classify();
    await stateOf(document, (state) => state?.running !== undefined);
    await vscode.commands.executeCommand("ponet.cancel");
    await Promise.all([end, again]);
    assert.deepEqual([analyses.get(other.uri), analyses.get(document.uri)], [undefined, undefined]);
  });

  it("is kept and marked stale when the text is edited meanwhile", async () => {
    const { document } = await openLongText(4);
    const [message, ...others] = await messagesDuring(async () => {
      const { end } = await startClassifying(document);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), "Meanwhile, ");
      await vscode.workspace.applyEdit(edit);
      await end;
    });
    assert.match(message ?? "", /was edited while it was being classified/);
    assert.deepEqual(others, []);
    const { analyses } = await lens();
    assert.match(analyses.get(document.uri)?.reading?.stale ?? "", /edited/);
    assert.equal(analyses.current(document), undefined);
  });

  it("is given up without a word when an edit is undone meanwhile: the last one is what the document is again", async () => {
    const editor = await openLongText(4);
    const { document } = editor;
    const { id } = await classified(document);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), "Meanwhile, ");
    });
    const messages = await messagesDuring(async () => {
      const { end } = await startClassifying(document);
      await vscode.commands.executeCommand("undo");
      await end;
    });
    assert.deepEqual(messages, []);
    const { analyses } = await lens();
    assert.equal(analyses.current(document)?.id, id);
    assert.equal(analyses.get(document.uri)?.running, undefined);
  });

  it("is given up in one sentence when the document is closed meanwhile", async () => {
    const { document } = await openLongText();
    const messages = await messagesDuring(async () => {
      const { end } = await startClassifying(document);
      await closeEditors();
      await end;
    });
    assert.equal(messages.length, 1);
    assert.match(messages[0] ?? "", /was closed before it was classified: if it was saved, classify its file/);
    await stateOf(document, (state) => state === undefined);
  });

  it("costs neither the last analysis nor the next one when the engine is killed", async () => {
    const { document, id } = await withLastGoodReading();
    const { analyses, engine } = await lens();
    const messages = await messagesDuring(async () => {
      const { end } = await startClassifying(document);
      assert.ok(engine.pid);
      process.kill(engine.pid, "SIGKILL");
      await end;
    });
    assert.equal(messages.length, 1);
    const state = analyses.get(document.uri);
    assert.equal(state?.failure, messages[0]);
    assert.equal(state?.reading?.id, id);
    assert.notEqual(state.reading.stale, undefined);
    const { document: sample } = await openSample();
    await classified(sample);
  });
});
