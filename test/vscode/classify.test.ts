import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { argmax } from "../../src/analysis/analysis";
import { targetEditor } from "../../src/commands/target";
import { isDocument, ShownDocument } from "../../src/readings/shownDocument";
import { OTHER_SETTINGS } from "../../src/readings/staleness";
import {
  classified,
  classify,
  closeEditors,
  hoverAt,
  lens,
  messagesDuring,
  openLongText,
  openSample,
  openText,
  startClassifying,
  stateOf,
  until,
} from "./lens";

describe("Classification", () => {
  afterEach(closeEditors);

  it("reads a file: every head, every segment, and the status bar tells the verdict", async () => {
    const { document } = await openSample();
    const { analysis, text, stale } = await classified(document);
    assert.equal(stale, undefined);
    assert.equal(text, document.getText());
    assert.equal(analysis.model, "ponet-tiny");
    assert.ok(analysis.heads.length >= 3);
    assert.equal(analysis.bounds[0], 0);
    assert.equal(analysis.bounds.at(-1), document.getText().length);
    const { statusBar, panel } = await lens();
    const [head] = analysis.heads;
    const label = head?.labels.find((name) => statusBar.text?.includes(`${name} `));
    assert.ok(label, statusBar.text);
    assert.match(statusBar.text ?? "", / · CPU( \(int8\))?$/);
    assert.equal(panel.status.document?.name, "sample.txt");
  });

  it("shows one document at a time, and nothing of one that was not classified", async () => {
    const { document } = await openSample();
    await classified(document);
    const { statusBar, panel } = await lens();
    const before = statusBar.text;
    // Of an untitled one VS Code makes a backup, which another of that name may begin with.
    const provider = vscode.workspace.registerTextDocumentContentProvider("ponet-test", {
      provideTextDocumentContent: () => "Stir the onions into the butter, then add the flour and the milk.",
    });
    const other = await vscode.workspace.openTextDocument(vscode.Uri.parse("ponet-test:/recipe.txt"));
    await vscode.window.showTextDocument(other);
    assert.equal(statusBar.text, undefined);
    assert.equal(panel.status.readingId, undefined);
    await classified(other);
    assert.notEqual(statusBar.text, before);
    await vscode.window.showTextDocument(document);
    assert.equal(statusBar.text, before);
    assert.notEqual(panel.status.readingId, undefined);
    provider.dispose();
  });

  it("reads an untitled document and its unsaved changes", async () => {
    const editor = await openText("A first line.");
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), "Something new. ");
    });
    const { text } = await classified(editor.document);
    assert.equal(text, "Something new. A first line.");
  });

  it("reads a document of a virtual file system", async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider("ponet-test", {
      provideTextDocumentContent: () => "Ladies and gentlemen, we are gathered here today.",
    });
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse("ponet-test:/speech.md"));
    await vscode.window.showTextDocument(document);
    const { analysis } = await classified(document);
    assert.equal(analysis.bounds.at(-1), document.getText().length);
    provider.dispose();
  });

  it("reads what the panel speaks of while the panel's own tab is active", async () => {
    const { document } = await openSample();
    const { id } = await classified(document);
    await vscode.commands.executeCommand("ponet.openPanelInEditor");
    await until(() => vscode.window.activeTextEditor === undefined);
    assert.ok((await classified(document)).id > id);
  });

  it("reads what the panel speaks of where the menu of a webview's title names that", async () => {
    const { document } = await openSample();
    const { id } = await classified(document);
    await vscode.commands.executeCommand("ponet.openPanelInEditor");
    await until(() => vscode.window.activeTextEditor === undefined);
    const named = vscode.Uri.from({ scheme: "webview-panel", path: "webview-panel/webview-1" });
    await vscode.commands.executeCommand("ponet.classifyDocument", named);
    const { analyses } = await lens();
    assert.ok((analyses.current(document)?.id ?? -1) > id);
  });

  it("has one tab of the panel, also where one from before a reload is taken over late", async () => {
    await openSample();
    await vscode.commands.executeCommand("ponet.openPanelInEditor");
    const late = vscode.window.createWebviewPanel("ponet.panel", "PoNet Lens", vscode.ViewColumn.Active);
    let isClosed = false;
    late.onDidDispose(() => (isClosed = true));
    const { panel } = await lens();
    await panel.deserializeWebviewPanel(late);
    assert.ok(isClosed);
    const tabs = (): vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await until(() => tabs().filter(({ input }) => input instanceof vscode.TabInputWebview).length === 1);
  });

  it("reads the document in sight while the output pane has the focus", async () => {
    const { document } = await openSample();
    const output = vscode.window.createOutputChannel("Test");
    output.appendLine("Nobody's document.");
    try {
      output.show(false);
      await until(() => vscode.window.activeTextEditor?.document.uri.scheme === "output");
      await classify();
      assert.ok((await lens()).analyses.current(document));
    } finally {
      output.dispose();
      await vscode.commands.executeCommand("workbench.action.closePanel");
    }
  });

  it("takes neither a notebook's cell, a chat's block of code nor a comment's input for a document", async () => {
    const { document } = await openSample();
    const isTaken = (scheme: string): boolean =>
      isDocument({ document: { uri: document.uri.with({ scheme }) } } as vscode.TextEditor);
    assert.ok(isTaken(document.uri.scheme));
    for (const part of ["notebook-cell", "chat-code-block", "chat-code-compare-block", "interactive-input"]) {
      assert.ok(!isTaken(`vscode-${part}`), part);
    }
    assert.ok(!isTaken("comment"));
    assert.ok(!isTaken("accessible-view"));
  });

  it("finds the document of the only text tab behind a page that is no document", async () => {
    const { document } = await openSample();
    await vscode.commands.executeCommand("workbench.action.openSettings2");
    await until(() => vscode.window.activeTextEditor === undefined);
    const nothingShown = new ShownDocument();
    try {
      assert.equal(nothingShown.document, undefined);
      assert.equal((await targetEditor(undefined, nothingShown)).document, document);
    } finally {
      nothingShown.dispose();
    }
  });

  it("opens the file that the explorer names", async () => {
    const { document } = await openSample();
    await closeEditors();
    await vscode.commands.executeCommand("ponet.classifyDocument", document.uri);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), document.uri.toString());
    const { analyses } = await lens();
    assert.ok(analyses.get(document.uri)?.reading);
  });

  it("shows the document that the explorer names where its editor is in sight but not active", async () => {
    const { document } = await openSample();
    const other = await vscode.workspace.openTextDocument({ content: "We hereby agree to the terms." });
    await vscode.window.showTextDocument(other, vscode.ViewColumn.Two);
    await vscode.commands.executeCommand("workbench.action.focusFirstEditorGroup");
    const { shown } = await lens();
    await until(() => shown.document === document);
    await vscode.commands.executeCommand("ponet.classifyDocument", other.uri);
    assert.equal(shown.document, other);
    await closeEditors();
  });

  it("keeps the tab of a document that was only looked at, so that the next one does not end its analysis", async () => {
    const { document } = await openSample();
    await closeEditors();
    const isPreview = (): boolean | undefined => vscode.window.tabGroups.activeTabGroup.activeTab?.isPreview;
    await vscode.commands.executeCommand("vscode.open", document.uri, { preview: true });
    assert.equal(isPreview(), true);
    await classify();
    await until(() => isPreview() === false);
    await closeEditors();
    await vscode.commands.executeCommand("ponet.classifyDocument", document.uri);
    assert.equal(isPreview(), false);
  });

  it("keeps that tab, too, where the panel's own tab asks", async () => {
    const { document } = await openSample();
    await closeEditors();
    await vscode.commands.executeCommand("vscode.open", document.uri, { preview: true });
    const tab = (): vscode.Tab | undefined => vscode.window.tabGroups.all[0]?.tabs[0];
    assert.equal(tab()?.isPreview, true);
    await vscode.commands.executeCommand("ponet.openPanelInEditor");
    await until(() => vscode.window.activeTextEditor === undefined);
    await vscode.commands.executeCommand("ponet.classifyDocument", document.uri);
    await until(() => tab()?.isPreview === false);
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    assert.ok(activeTab?.input instanceof vscode.TabInputWebview, "the focus stays where it is");
  });

  it("reads a selection, with the document's offsets", async () => {
    const editor = await openSample();
    const { document } = editor;
    editor.selection = new vscode.Selection(document.lineAt(4).range.start, document.lineAt(8).range.end);
    await vscode.commands.executeCommand("ponet.classifySelection");
    const { analyses, panel } = await lens();
    const reading = analyses.current(document);
    assert.ok(reading);
    assert.equal(reading.text, document.getText(editor.selection));
    assert.equal(reading.analysis.bounds[0], document.offsetAt(editor.selection.start));
    assert.equal(reading.analysis.bounds.at(-1), document.offsetAt(editor.selection.end));
    assert.equal(panel.status.document?.part, "selection");
    const { statusBar } = await lens();
    assert.match(statusBar.text ?? "", /Selection · /);
    const target = document.uri.with({ path: `${document.uri.path}.json` });
    await vscode.commands.executeCommand("ponet.exportAnalysis", { format: "json", target });
    const json = JSON.parse(Buffer.from(await vscode.workspace.fs.readFile(target)).toString()) as {
      selection: object;
    };
    await vscode.workspace.fs.delete(target);
    assert.deepEqual(json.selection, {
      start: document.offsetAt(editor.selection.start),
      end: document.offsetAt(editor.selection.end),
    });
  });

  it("reads what was selected when it was asked to, though a click takes the selection back at once", async () => {
    const editor = await openSample();
    editor.selection = new vscode.Selection(4, 0, 8, 0);
    const text = editor.document.getText(editor.selection);
    const end = vscode.commands.executeCommand("ponet.classifySelection");
    await new Promise(setImmediate);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await end;
    const { analyses } = await lens();
    assert.equal(analyses.current(editor.document)?.text, text);
  });

  it("reads a selection again where edits have moved it, and with what was written into it", async () => {
    const editor = await openSample();
    const { document } = editor;
    editor.selection = new vscode.Selection(document.lineAt(4).range.start, document.lineAt(8).range.end);
    const before = document.getText(editor.selection);
    await vscode.commands.executeCommand("ponet.classifySelection");
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), "A line above.\n");
      edit.insert(new vscode.Position(6, 0), "A line inside. ");
    });
    await vscode.commands.executeCommand("ponet.classifyAgain");
    const { analyses } = await lens();
    const reading = analyses.current(document);
    assert.equal(reading?.text.replace("A line inside. ", ""), before);
    assert.ok(reading.text.includes("A line inside. "));
    assert.equal(reading.analysis.bounds[0], document.offsetAt(new vscode.Position(5, 0)));
  });

  it("reads nothing again where the selection has been replaced, and says so", async () => {
    const editor = await openSample();
    const { document } = editor;
    editor.selection = new vscode.Selection(4, 2, 8, 3);
    await vscode.commands.executeCommand("ponet.classifySelection");
    const { id } = await lens().then(({ analyses }) => analyses.get(document.uri)?.reading ?? { id: -1 });
    await editor.edit((edit) => {
      edit.replace(new vscode.Range(2, 0, 10, 0), "Something else.\n");
    });
    const messages = await messagesDuring(() => Promise.resolve(vscode.commands.executeCommand("ponet.classifyAgain")));
    assert.match(messages.join(), /has been replaced: select it again/);
    const { analyses } = await lens();
    assert.equal(analyses.get(document.uri)?.reading?.id, id);
  });

  it("reads a selection again where it was once edits over it, or over an end of it, are undone", async () => {
    const editor = await openSample();
    const { document } = editor;
    const part = new vscode.Selection(4, 2, 8, 3);
    editor.selection = part;
    await vscode.commands.executeCommand("ponet.classifySelection");
    const { analyses } = await lens();
    for (const range of [part, new vscode.Range(6, 0, 10, 0), new vscode.Range(2, 0, 6, 0)]) {
      const { id = -1 } = analyses.current(document) ?? {};
      await editor.edit((edit) => {
        edit.delete(range);
      });
      await vscode.commands.executeCommand("undo");
      assert.equal(analyses.current(document)?.id, id);
      await vscode.commands.executeCommand("ponet.classifyAgain");
      const reading = analyses.current(document);
      assert.ok(reading && reading.id > id);
      assert.equal(reading.text, document.getText(part));
    }
  });

  it("reads again what is shown where a run of another part was cancelled", async () => {
    const editor = await openSample();
    const { document } = editor;
    const { id } = await classified(document);
    editor.selection = new vscode.Selection(0, 0, 4, 0);
    const { analyses } = await lens();
    const cancelling = analyses.onDidChange((uri) => {
      analyses.get(uri)?.running?.abort.abort();
    });
    await vscode.commands.executeCommand("ponet.classifySelection");
    cancelling.dispose();
    assert.equal(analyses.current(document)?.id, id);
    await vscode.commands.executeCommand("ponet.classifyAgain");
    assert.equal(analyses.current(document)?.text, document.getText());
  });

  it("reads the whole document again where that was asked for last", async () => {
    const editor = await openSample();
    editor.selection = new vscode.Selection(0, 0, 4, 0);
    await vscode.commands.executeCommand("ponet.classifySelection");
    await classified(editor.document);
    await vscode.commands.executeCommand("ponet.classifyAgain");
    const { analyses } = await lens();
    assert.equal(analyses.current(editor.document)?.text, editor.document.getText());
  });

  it("knows neither the selection nor the chosen label any more once the analysis is cleared", async () => {
    const editor = await openSample();
    const { document } = editor;
    editor.selection = new vscode.Selection(0, 0, 4, 0);
    await vscode.commands.executeCommand("ponet.classifySelection");
    const { analyses, choice } = await lens();
    const headOf = () => analyses.current(document)?.analysis.heads[0] ?? assert.fail();
    const head = headOf();
    for (const label of head.labels) {
      choice.choose(document.uri, head.name, label);
      assert.equal(head.labels[choice.labelIn(document.uri, head)], label);
    }
    // Whichever is predicted, another is chosen.
    choice.choose(document.uri, head.name, head.labels[argmax(head.logits.map((logit) => -logit))]);
    await vscode.commands.executeCommand("ponet.clearAnalysis");
    await vscode.commands.executeCommand("ponet.classifyAgain");
    assert.equal(analyses.current(document)?.text, document.getText());
    assert.equal(choice.labelIn(document.uri, headOf()), argmax(headOf().logits));
  });

  it("keeps the analysis of a document whose language changes", async () => {
    const { document } = await openSample();
    const { id } = await classified(document);
    const isClosed = new Promise<void>((resolve) => {
      const subscription = vscode.workspace.onDidCloseTextDocument((closed) => {
        if (closed !== document) return;
        subscription.dispose();
        resolve();
      });
    });
    await vscode.languages.setTextDocumentLanguage(document, "markdown");
    await isClosed;
    // What is known of a document that stays closed goes a turn of the event loop later.
    await new Promise(setImmediate);
    const { analyses } = await lens();
    assert.equal(analyses.get(document.uri)?.reading?.id, id);
  });

  it("forgets the analysis of a document that is closed", async () => {
    const { document } = await openText("Something to forget.");
    await classified(document);
    await closeEditors();
    await stateOf(document, (state) => state === undefined);
  });

  it("forgets an analysis that is cleared, in every view, and a run with it", async () => {
    const editor = await openLongText();
    const { document } = editor;
    await classified(document);
    const { highlights, panel, statusBar } = await lens();
    assert.ok(highlights.rangesIn(editor).flat().length > 0);
    const messages = await messagesDuring(async () => {
      const { end } = await startClassifying(document);
      await vscode.commands.executeCommand("ponet.clearAnalysis");
      await end;
    });
    assert.deepEqual(messages, []);
    await stateOf(document, (state) => state === undefined);
    assert.equal(highlights.rangesIn(editor).flat().length, 0);
    assert.equal(statusBar.text, undefined);
    assert.equal(panel.status.readingId, undefined);
    assert.equal(panel.status.document?.uri, document.uri.toString());
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      new vscode.Position(0, 0),
    );
    assert.deepEqual(hovers, []);
  });

  it("marks the analysis stale when the text is edited, and withdraws hover and highlights", async () => {
    const editor = await openSample();
    const start = new vscode.Position(0, 0);
    await classified(editor.document);
    assert.match(await hoverAt(editor.document, start), /PoNet · segment 1 of/);
    await editor.edit((edit) => {
      edit.insert(start, "P.S. ");
    });
    const { analyses, highlights, panel } = await lens();
    assert.match(panel.status.stale ?? "", /edited/);
    assert.equal(analyses.current(editor.document), undefined);
    assert.equal(await hoverAt(editor.document, start), "");
    assert.equal(highlights.rangesIn(editor).flat().length, 0);
    const { analysis } = await classified(editor.document);
    assert.equal(analysis.bounds.at(-1), editor.document.getText().length);
  });

  it("takes the analysis for current again once the edit is undone", async () => {
    const editor = await openSample();
    const reading = await classified(editor.document);
    const { analyses } = await lens();
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(3, 0), "P.S. ");
    });
    assert.equal(analyses.current(editor.document), undefined);
    await vscode.commands.executeCommand("undo");
    assert.equal(analyses.current(editor.document)?.id, reading.id);
    await vscode.commands.executeCommand("redo");
    assert.equal(analyses.current(editor.document), undefined);
    await vscode.commands.executeCommand("undo");
    assert.equal(analyses.current(editor.document)?.analysis, reading.analysis);
  });

  it("takes the analysis for current again once the file is reverted", async () => {
    const editor = await openSample();
    const { id } = await classified(editor.document);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(3, 0), "P.S. ");
    });
    const { analyses } = await lens();
    assert.equal(analyses.current(editor.document), undefined);
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await until(() => analyses.current(editor.document)?.id === id);

    analyses.outdate(editor.document.uri, OTHER_SETTINGS);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(3, 0), "P.S. ");
    });
    await vscode.commands.executeCommand("workbench.action.files.revert");
    // Set back, the settings are to find the text that was read.
    await until(() => analyses.get(editor.document.uri)?.reading?.version === editor.document.version);
  });

  it("takes the analysis for current again once the file is on the disk what it was", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ponet-lens-disk-"));
    const file = join(folder, "film.txt");
    const text = "A wonderful film.\n\nA dull one.";
    writeFileSync(file, text);
    const { document } = await vscode.window.showTextDocument(vscode.Uri.file(file));
    const { id } = await classified(document);
    const { analyses } = await lens();
    for (const written of ["Another branch.", text]) {
      writeFileSync(file, written);
      await vscode.commands.executeCommand("workbench.action.files.revert");
      await until(() => document.getText() === written);
      assert.equal(analyses.current(document)?.id, written === text ? id : undefined);
    }
    rmSync(folder, { recursive: true });
  });

  it("takes no selection for current whose text is what it was, but elsewhere", async () => {
    const editor = await openText("One line.\nAnother line.\n");
    const { document } = editor;
    editor.selection = new vscode.Selection(1, 0, 1, 7);
    await vscode.commands.executeCommand("ponet.classifySelection");
    const insert = (text: string): Thenable<boolean> =>
      editor.edit((edit) => {
        edit.insert(new vscode.Position(0, 0), text);
      });
    await insert("In front. ");
    await insert("Far in front. ");
    await vscode.commands.executeCommand("undo");
    const { analyses } = await lens();
    assert.equal(analyses.current(document), undefined);
  });

  it("takes the later of two commands on one document, without a complaint about the first", async () => {
    const { document } = await openText("A text that somebody classifies twice in a row. ".repeat(2000));
    const messages = await messagesDuring(async () => {
      const { end } = await startClassifying(document);
      await classify();
      await end;
    });
    assert.deepEqual(messages, []);
    const { analyses } = await lens();
    assert.ok(analyses.current(document));
    assert.equal(analyses.get(document.uri)?.running, undefined);
  });
});
