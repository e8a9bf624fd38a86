import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { OTHER_MODEL, OTHER_SETTINGS } from "../../src/readings/staleness";
import { TokenReader } from "../../src/views/panel/tokenReader";
import {
  ACCEPT,
  answering,
  bundledModel,
  classified,
  classify,
  closeEditors,
  hoverAt,
  lens,
  messagesDuring,
  openLongText,
  openSample,
  openText,
  set,
  setOfMarkdown,
  startClassifying,
  stateOf,
  until,
} from "./lens";

describe("Settings", () => {
  afterEach(async () => {
    await set("model", "ponet-tiny");
    for (const name of ["executionProvider", "segmentation", "highlights", "live", "idleMinutes"]) {
      await set(name, undefined);
    }
    await closeEditors();
  });

  it("a change of segmentation classifies the shown document again and marks the others stale", async () => {
    const { document: other } = await openText("Another document.\n\nIt has two paragraphs.");
    await classified(other);
    const { document } = await openSample();
    const before = await classified(document);
    await set("segmentation", "sentence");
    await stateOf(document, (state) => state?.reading?.analysis.segmentation === "sentence");
    const { analyses } = await lens();
    assert.ok((analyses.current(document)?.analysis.bounds.length ?? 0) > before.analysis.bounds.length);
    assert.match(analyses.get(other.uri)?.reading?.stale ?? "", /segmentation/);

    await vscode.window.showTextDocument(other);
    const messages = await messagesDuring(async () => {
      await vscode.commands.executeCommand("ponet.copySegment");
    });
    assert.deepEqual(messages, [], "the text is still the one that was read");
    await set("segmentation", undefined);
    await until(() => analyses.current(other) !== undefined);
    assert.equal(analyses.get(other.uri)?.running, undefined, "nothing is to be read again");
    assert.match(analyses.get(document.uri)?.reading?.stale ?? "", /segmentation/);
  });

  it("back before the run that a change began has ended, the last reading is current", async () => {
    const { document } = await openLongText(20);
    const { id } = await classified(document);
    const { analyses } = await lens();
    await set("segmentation", "sentence");
    await stateOf(document, (state) => state?.running !== undefined);
    await set("segmentation", undefined);
    await stateOf(document, (state) => state?.running === undefined);
    assert.equal(analyses.current(document)?.id, id);
  });

  it("back after the run that a change began has failed, the last reading is current, in sight or not", async () => {
    const { document } = await openText("A wonderful film.\n\nA dull one.");
    const { id } = await classified(document);
    const { analyses, shown } = await lens();
    for (const isInSight of [true, false]) {
      await set("model", "/no/such/checkpoint");
      await stateOf(document, (state) => state?.failure !== undefined);
      if (!isInSight) {
        await openText("A document in front of it.");
        await until(() => shown.document !== document);
      }
      await set("model", "ponet-tiny");
      await until(() => analyses.current(document) !== undefined);
      assert.equal(analyses.current(document)?.id, id);
      assert.equal(analyses.get(document.uri)?.failure, undefined);
    }
  });

  it("a change of segmentation ends a run also where the part that is being read has been replaced", async () => {
    const editor = await openText("A wonderful film.\n\nA dull one.");
    const { document } = editor;
    const part = new vscode.Selection(0, 0, 2, 6);
    editor.selection = part;
    const { analyses, engine } = await lens();
    engine.analyze = async (...asked) => {
      Reflect.deleteProperty(engine, "analyze");
      await editor.edit((edit) => {
        edit.delete(part);
      });
      await vscode.commands.executeCommand("undo");
      await set("segmentation", "sentence");
      return engine.analyze(...asked);
    };
    const messages = await messagesDuring(async () => {
      await vscode.commands.executeCommand("ponet.classifySelection");
    });
    assert.match(messages.join(), /has been replaced: select it again/);
    assert.equal(analyses.get(document.uri), undefined);
  });

  it("a change of segmentation while a document out of sight is being read has it read anew", async () => {
    const { analyses, shown } = await lens();
    const { document } = await openLongText(20);
    const { end } = await startClassifying(document);
    await openText("A document in front of it.");
    await until(() => shown.document !== document);
    assert.ok(analyses.get(document.uri)?.running);
    await set("segmentation", "sentence");
    await end;
    await stateOf(document, (state) => state?.running === undefined);
    assert.equal(analyses.current(document)?.analysis.segmentation, "sentence");
  });

  it("a language has a segmentation of its own, which a change of language brings along", async () => {
    const { document } = await openText("# One\n\nA paragraph.\n\nAnother.\n\n# Two\n\nThe last.\n");
    const { id, analysis } = await classified(document);
    assert.equal(analysis.segmentation, "paragraph");
    const { analyses, engine, notifier } = await lens();
    await setOfMarkdown("segmentation", "section");
    try {
      assert.equal(analyses.current(document)?.id, id, "it is of another language");
      const markdown = await vscode.languages.setTextDocumentLanguage(document, "markdown");
      await stateOf(markdown, (state) => state?.reading?.analysis.segmentation === "section");
      const reading = analyses.current(markdown);
      assert.equal(reading?.analysis.bounds.length, 3);
      const asSet = { modelFolder: bundledModel(), provider: "auto", segmentation: "paragraph" } as const;
      const tokens = new TokenReader(engine, () => Promise.resolve(asSet), notifier);
      const answer = await tokens.read("two sections", reading, 1, () => undefined);
      assert.ok(answer && "texts" in answer);
      assert.equal(answer.texts.length, reading.analysis.segmentTokens[1], "its tokens are a section's too");
    } finally {
      await setOfMarkdown("segmentation", undefined);
    }
    await until(() => analyses.current(document)?.analysis.segmentation === "paragraph");
  });

  it("another language by itself has nothing tried again that failed", async () => {
    const { document } = await openText("A wonderful film.");
    await set("model", "/no/such/checkpoint");
    await classify();
    const { analyses } = await lens();
    const { failure } = analyses.get(document.uri) ?? {};
    assert.ok(failure !== undefined);
    const messages = await messagesDuring(async () => {
      const opened = new Promise((resolve) => vscode.workspace.onDidOpenTextDocument(resolve));
      await vscode.languages.setTextDocumentLanguage(document, "markdown");
      await opened;
      await classified((await openSample()).document).catch(() => undefined);
    });
    assert.equal(messages.length, 1, "of the sample alone");
  });

  it("a change of model classifies the shown document again with it, also where it was trained since it had read that", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ponet-lens-model-"));
    const own = join(folder, "my-own");
    cpSync(bundledModel(), own, { recursive: true });
    const { document } = await openSample();
    await classified(document);
    await set("model", own);
    await stateOf(document, (state) => state?.reading?.analysis.model === "my-own");
    const { document: other } = await openText("Another document.");
    await classified(other);
    await openText("A document in front of both.");
    await set("model", "ponet-tiny");
    for (const each of [document, other]) await stateOf(each, (state) => state?.reading?.stale === OTHER_SETTINGS);
    await vscode.window.showTextDocument(document);
    const { analyses } = await lens();
    const before = analyses.get(document.uri)?.reading?.analysis;
    appendFileSync(join(own, "card.json"), "\n");
    await set("model", own);
    await stateOf(other, (state) => state?.reading?.stale === OTHER_MODEL);
    await until(() => analyses.current(document) !== undefined);
    const now = analyses.current(document)?.analysis;
    assert.equal(now?.model, before?.model);
    assert.notEqual(now?.modelKey, before?.modelKey);
    rmSync(folder, { recursive: true });
  });

  it("a model that is away when it is set again may be that of a reading: it is looked at anew", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ponet-lens-model-"));
    const [own, away] = [join(folder, "my-own"), join(folder, "away")];
    cpSync(bundledModel(), own, { recursive: true });
    await set("model", own);
    const { document } = await openText("A wonderful film.");
    const { id } = await classified(document);
    const { document: front } = await openText("A document in front of it.");
    await set("model", "ponet-tiny");
    await classified(front);
    renameSync(own, away);
    await set("model", own);
    await stateOf(front, (state) => state?.failure !== undefined);
    renameSync(away, own);
    const { analyses } = await lens();
    assert.equal(analyses.get(document.uri)?.reading?.stale, OTHER_SETTINGS);
    await set("model", "ponet-tiny");
    await set("model", own);
    await until(() => analyses.current(document) !== undefined);
    assert.equal(analyses.current(document)?.id, id);
    rmSync(folder, { recursive: true });
  });

  it("a change of provider classifies the shown document again", async () => {
    const { document } = await openSample();
    const { id } = await classified(document);
    await set("executionProvider", "cpu");
    await stateOf(document, (state) => state?.reading !== undefined && state.reading.id > id && !state.running);
  });

  it("a wrong value is told in one sentence that names the setting, and its default is used", async () => {
    const messages = await messagesDuring(async () => {
      await set("segmentation", "chapters");
      const { document } = await openSample();
      const { analysis } = await classified(document);
      assert.equal(analysis.segmentation, "paragraph");
    });
    assert.deepEqual(messages, [
      "ponet.segmentation must be one of paragraph, sentence, section, fixed; until it is, its default, paragraph, is used.",
    ]);
  });

  it("the command writes the model that is picked to the user's settings", async () => {
    await set("model", undefined);
    await answering([ACCEPT], "ponet.selectModel");
    assert.equal(vscode.workspace.getConfiguration("ponet").inspect("model")?.globalValue, "ponet-small");
  });

  it("the engine ends after the idle minutes", async () => {
    const { document } = await openSample();
    await classified(document);
    const { engine } = await lens();
    assert.ok(engine.pid);
    await set("idleMinutes", 0.001);
    await until(() => engine.pid === undefined);
  });

  it("the command toggles the highlights, live", async () => {
    const editor = await openSample();
    await classified(editor.document);
    const { highlights } = await lens();
    const shown = (): number => highlights.rangesIn(editor).flat().length;
    assert.ok(shown() > 0);
    await vscode.commands.executeCommand("ponet.toggleHighlights");
    assert.equal(vscode.workspace.getConfiguration("ponet").get("highlights"), false);
    assert.equal(shown(), 0);
    assert.equal(await hoverAt(editor.document, new vscode.Position(0, 0)), "");
    await vscode.commands.executeCommand("ponet.toggleHighlights");
    assert.ok(shown() > 0);
    assert.match(await hoverAt(editor.document, new vscode.Position(0, 0)), /segment 1 of/);
  });

  it("the command toggles the highlights where the workspace sets them, and leaves the user's setting alone", async () => {
    const configuration = () => vscode.workspace.getConfiguration("ponet");
    const setInWorkspace = (value: boolean | undefined): Thenable<void> =>
      configuration().update("highlights", value, vscode.ConfigurationTarget.Workspace);
    await setInWorkspace(true);
    try {
      await vscode.commands.executeCommand("ponet.toggleHighlights");
      assert.equal(configuration().get("highlights"), false);
      assert.equal(configuration().inspect("highlights")?.globalValue, undefined);
    } finally {
      await setInWorkspace(undefined);
    }
  });

  it("the commands that toggle one tell whether it is on now", async () => {
    const { setStatusBarMessage } = vscode.window;
    const told: string[] = [];
    Object.assign(vscode.window, { setStatusBarMessage: (text: string) => told.push(text) });
    try {
      for (const toggle of ["toggleHighlights", "toggleHighlights", "toggleLive", "toggleLive"]) {
        await vscode.commands.executeCommand(`ponet.${toggle}`);
      }
    } finally {
      Object.assign(vscode.window, { setStatusBarMessage });
    }
    const highlights = ["PoNet's highlights are off", "PoNet's highlights are on"];
    assert.deepEqual(told, [...highlights, "PoNet's live mode is on", "PoNet's live mode is off"]);
  });
});
