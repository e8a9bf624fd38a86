import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { DocumentState } from "../../src/readings/analyses";
import type { PanelStatus } from "../../src/views/panel/protocol";
import {
  classified,
  closeEditors,
  lens,
  messagesDuring,
  openLongText,
  openText,
  set,
  startClassifying,
  stateOf,
  until,
} from "./lens";

function type(editor: vscode.TextEditor, text: string): Thenable<boolean> {
  return editor.edit((edit) => {
    edit.insert(new vscode.Position(0, 0), text);
  });
}

/** Waits until the pause after all that was typed is over, as it is once what is typed now, into another document, is read. */
async function pauseIsOver(other: vscode.TextDocument): Promise<void> {
  const { uri, version } = other;
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), "And more. ");
  await vscode.workspace.applyEdit(edit);
  await stateOf(other, (state) => ((state?.running?.read ?? state?.reading)?.version ?? 0) > version);
}

describe("Live mode", () => {
  beforeEach(() => set("live", true));

  afterEach(async () => {
    await set("live", undefined);
    await closeEditors();
  });

  it("classifies again once typing stops, and keeps the last analysis, stale, until then", async () => {
    const editor = await openText("A text that somebody goes on writing.");
    const { document } = editor;
    const { id } = await classified(document);
    const { analyses, statusBar } = await lens();
    assert.match(statusBar.text ?? "", / · Live$/);
    const states: (DocumentState | undefined)[] = [];
    const subscription = analyses.onDidChange((uri) => states.push(analyses.get(uri)));
    await type(editor, "One more. ");
    await stateOf(document, (state) => state?.reading?.stale === undefined);
    subscription.dispose();
    // First nothing but the mark, then a run beside the last analysis, until its own takes that one's place.
    assert.equal(states[0]?.running, undefined);
    assert.match(states[0]?.reading?.stale ?? "", /edited/);
    assert.ok(states.some((state) => state?.running));
    assert.deepEqual(new Set(states.slice(0, -1).map((state) => state?.reading?.id)), new Set([id]));
    assert.equal(analyses.current(document)?.text, document.getText());
  });

  it("leaves the panel quiet while it answers an edit, and not once its run was cancelled", async () => {
    const editor = await openText("A text that somebody goes on writing.");
    const { document } = editor;
    await classified(document);
    const { analyses, panel } = await lens();
    const told: PanelStatus[] = [];
    const telling = analyses.onDidChange(() => told.push(panel.status));
    await type(editor, "One more. ");
    await stateOf(document, (state) => state?.reading?.stale === undefined);
    telling.dispose();
    assert.ok(told.some(({ running }) => running));
    for (const { stale, awaited, running } of told) {
      assert.notEqual(running?.quiet, false);
      assert.equal(awaited, stale !== undefined);
    }

    const cancelling = analyses.onDidChange((uri) => {
      analyses.get(uri)?.running?.abort.abort();
    });
    await type(editor, "And another. ");
    assert.equal(panel.status.awaited, true);
    await until(() => panel.status.awaited === false);
    cancelling.dispose();
    assert.match(panel.status.stale ?? "", /edited/);
  });

  it("leaves the highlights to the text's edits until the next analysis is there, or none is to come", async () => {
    const editor = await openText("A text that somebody goes on writing.");
    const { document } = editor;
    await classified(document);
    const { analyses, highlights } = await lens();
    assert.equal(highlights.staysIn(editor), false);
    const stayed: boolean[] = [];
    const looking = analyses.onDidChange(() => stayed.push(highlights.staysIn(editor)));
    await type(editor, "One more. ");
    await stateOf(document, (state) => state?.reading?.stale === undefined);
    looking.dispose();
    assert.deepEqual(new Set(stayed.slice(0, -1)), new Set([true]));
    assert.equal(stayed.at(-1), false);
    assert.ok(highlights.rangesIn(editor).flat().length > 0);

    const cancelling = analyses.onDidChange((uri) => {
      analyses.get(uri)?.running?.abort.abort();
    });
    await type(editor, "And another. ");
    assert.equal(highlights.staysIn(editor), true);
    await until(() => !highlights.staysIn(editor));
    cancelling.dispose();
    assert.deepEqual(highlights.rangesIn(editor).flat(), []);
  });

  it("ends a run on the text before, and complains of nothing", async () => {
    const editor = await openLongText();
    const { document } = editor;
    const { analyses } = await lens();
    const messages = await messagesDuring(async () => {
      const { end } = await startClassifying(document);
      await type(editor, "Meanwhile, ");
      await end;
      assert.equal(analyses.get(document.uri), undefined);
      await stateOf(document, (state) => state?.reading !== undefined && !state.running);
    });
    assert.deepEqual(messages, []);
    assert.equal(analyses.current(document)?.text, document.getText());
  });

  it("begins nothing over a selection that is classified while it waits, be that under way or read by then", async () => {
    const { document: other } = await openText("A text that somebody goes on writing.");
    await classified(other);
    const { analyses, engine } = await lens();
    for (const isUnderWay of [true, false]) {
      const editor = await openText("A first line.\nA second line.\n");
      const { document } = editor;
      await classified(document);
      await type(editor, "One more. ");
      editor.selection = new vscode.Selection(0, 0, 1, 0);
      if (isUnderWay) {
        engine.analyze = async (...asked) => {
          Reflect.deleteProperty(engine, "analyze");
          await pauseIsOver(other);
          return engine.analyze(...asked);
        };
      }
      await vscode.commands.executeCommand("ponet.classifySelection");
      if (!isUnderWay) await pauseIsOver(other);
      assert.equal(analyses.get(document.uri)?.running, undefined);
      assert.equal(analyses.current(document)?.text, document.getText(editor.selection));
    }
  });

  it("begins nothing where what was typed is undone: that was read before", async () => {
    const { document: other } = await openText("Another text.");
    await classified(other);
    const editor = await openText("A text that is edited, and then is not.");
    const { document } = editor;
    const { id } = await classified(document);
    await type(editor, "One more. ");
    await vscode.commands.executeCommand("undo");
    await pauseIsOver(other);
    const { analyses } = await lens();
    assert.equal(analyses.current(document)?.id, id);
    assert.equal(analyses.get(document.uri)?.running, undefined);
  });

  it("begins nothing where the analysis is cleared while it waits, nor after more typing", async () => {
    const { document: other } = await openText("A text that somebody goes on writing.");
    await classified(other);
    const editor = await openText("A text that somebody goes on writing.");
    const { document } = editor;
    await classified(document);
    await type(editor, "One more. ");
    await vscode.commands.executeCommand("ponet.clearAnalysis");
    await type(editor, "And another. ");
    await pauseIsOver(other);
    const { analyses } = await lens();
    assert.equal(analyses.get(document.uri), undefined);
  });

  it("tells of a failure in the views alone", async () => {
    const editor = await openText("Words that go.");
    const { document } = editor;
    await classified(document);
    const { panel } = await lens();
    const messages = await messagesDuring(async () => {
      await editor.edit((edit) => {
        edit.delete(new vscode.Range(0, 0, 1, 0));
      });
      await stateOf(document, (state) => state?.failure !== undefined);
    });
    assert.deepEqual(messages, []);
    assert.ok(panel.status.failure !== undefined && panel.status.stale !== undefined && !panel.status.awaited);
  });

  it("starts nothing in a document that was not classified, nor while it is off", async () => {
    const { document: another } = await openText("A text that somebody goes on writing.");
    await classified(another);
    const editor = await openText("Nobody classified this.");
    const { analyses } = await lens();
    const { document } = await openText("Somebody did this.").then(async (other) => {
      await classified(other.document);
      await set("live", false);
      await type(other, "More. ");
      return other;
    });
    await vscode.window.showTextDocument(editor.document);
    await set("live", true);
    await type(vscode.window.activeTextEditor ?? editor, "More. ");
    await pauseIsOver(another);
    assert.equal(analyses.get(editor.document.uri), undefined);
    assert.match(analyses.get(document.uri)?.reading?.stale ?? "", /edited/);
  });

  it("begins, once it is on, with the document on show that was edited before, unless a selection of it was read", async () => {
    await set("live", false);
    const editor = await openText("A first line.\nA second line.\n");
    const { document } = editor;
    await classified(document);
    await type(editor, "One more. ");
    const { analyses } = await lens();
    const messages = await messagesDuring(async () => {
      await set("live", true);
      await stateOf(document, (state) => state?.reading?.stale === undefined);
    });
    assert.deepEqual(messages, []);
    assert.equal(analyses.current(document)?.text, document.getText());

    await set("live", false);
    editor.selection = new vscode.Selection(0, 0, 1, 0);
    await vscode.commands.executeCommand("ponet.classifySelection");
    await type(editor, "And another. ");
    await set("live", true);
    assert.equal(analyses.get(document.uri)?.running, undefined);
    assert.match(analyses.get(document.uri)?.reading?.stale ?? "", /edited/);
  });

  it("the command toggles it", async () => {
    await vscode.commands.executeCommand("ponet.toggleLive");
    assert.equal(vscode.workspace.getConfiguration("ponet").get("live"), false);
    await vscode.commands.executeCommand("ponet.toggleLive");
    assert.equal(vscode.workspace.getConfiguration("ponet").get("live"), true);
  });
});
