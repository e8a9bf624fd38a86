import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import * as vscode from "vscode";
import { showAnalysis } from "../../src/commands/showAnalysis";
import { isClassified, type Row } from "../../src/corpus/row";
import type { MessageAction } from "../../src/editor/notifier";
import type { ReadingSettings } from "../../src/engine/client";
import { modelKey } from "../../src/models/modelKey";
import { CorpusRun, type CorpusContext } from "../../src/views/corpus/corpusRun";
import { CorpusTab } from "../../src/views/corpus/corpusTab";
import type { FromCorpus } from "../../src/views/corpus/protocol";
import { bundledModel, classified, closeEditors, extension, lens, messagesDuring, openText, set, until } from "./lens";

describe("Classify Folder", () => {
  let folder: string;
  const run = async (): Promise<void> => {
    await vscode.commands.executeCommand("ponet.classifyFolder", vscode.Uri.file(folder));
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ponet-lens-corpus-"));
    mkdirSync(join(folder, "deep"));
    writeFileSync(join(folder, "deep", "notes.txt"), "Stir the onions into the butter. ".repeat(50));
    writeFileSync(join(folder, "empty.txt"), "");
  });

  afterEach(async () => {
    await set("model", "ponet-tiny");
    await closeEditors();
    rmSync(folder, { recursive: true });
  });

  it("has a row for each file, and classifies a document meanwhile", async () => {
    const { corpora } = await lens();
    const { document } = await openText("Somebody reads this meanwhile.");
    const [reading] = await Promise.all([classified(document), run()]);
    assert.equal(reading.stale, undefined);
    const rows = corpora.get(folder)?.rows ?? [];
    assert.deepEqual(rows.map(isClassified), [true, false]);
    assert.equal(corpora.get(folder)?.status.failure, undefined);
    assert.equal(corpora.get(folder)?.status.progress?.finished, 2);
  });

  it("goes on after it was cancelled", async () => {
    const { corpora } = await lens();
    for (let i = 0; i < 60; i++) writeFileSync(join(folder, `${1000 + i}.txt`), "A line of some words. ".repeat(200));
    const cancelled = run();
    await until(() => (corpora.get(folder)?.rows.length ?? 0) > 2);
    corpora.get(folder)?.cancel();
    await cancelled;
    assert.match(corpora.get(folder)?.status.failure ?? "", /^Cancelled/);
    const finished = corpora.get(folder)?.rows.length ?? 0;
    assert.ok(finished < 62);
    await run();
    const { progress, failure } = corpora.get(folder)?.status ?? {};
    assert.equal(failure, undefined);
    assert.deepEqual([progress?.finished, progress?.reused], [62, finished]);
  });

  it("keeps the rows of what another run, cancelled, has not come to, and says of which settings they are", async () => {
    const { corpora } = await lens();
    for (let i = 0; i < 60; i++) writeFileSync(join(folder, `${1000 + i}.txt`), "A line of some words. ".repeat(200));
    await run();
    const rows = () => corpora.get(folder)?.rows ?? [];
    const before = rows();
    assert.equal(before.length, 62);
    await set("segmentation", "sentence");
    try {
      const again = run();
      await until(() => rows() !== before);
      corpora.get(folder)?.cancel();
      await again;
      assert.equal(rows().length, 62);
      assert.deepEqual(
        rows().map(({ path }) => path),
        before.map(({ path }) => path),
      );
      const ways = rows().map((row) => (isClassified(row) ? row.segmentation : undefined));
      assert.ok(ways.includes("sentence") && ways.includes("paragraph"));
      await until(() => corpora.get(folder)?.status.outdated === true);
    } finally {
      await set("segmentation", undefined);
    }
  });

  it("says that its rows are of other settings, until they are those again", async () => {
    const { corpora } = await lens();
    await run();
    const outdated = () => corpora.get(folder)?.status.outdated;
    assert.equal(outdated(), false);
    await set("segmentation", "sentence");
    await until(() => outdated() === true);
    await set("segmentation", undefined);
    await until(() => outdated() === false);
    assert.equal(corpora.get(folder)?.status.others, 0);
  });

  it("compares its rows with the settings as they are last, whichever are found out first", async () => {
    const changes = new vscode.EventEmitter<void>();
    const asked: { answer: (settings: ReadingSettings) => void; refuse: (reason: Error) => void }[] = [];
    const settings = () =>
      new Promise<ReadingSettings>((answer, refuse) => {
        asked.push({ answer, refuse });
      });
    const context = { onDidChangeSettings: changes.event, settings } as unknown as CorpusContext;
    const corpus = new CorpusRun(folder, context);
    const [provider, segmentation] = ["cpu", "paragraph"] as const;
    corpus.rows = [{ ...rowOf("a.txt"), model: await modelKey(bundledModel()), provider }];
    const compared = new Promise<void>((resolve) => {
      corpus.onDidChange(resolve);
    });
    changes.fire();
    changes.fire();
    asked[1]?.answer({ modelFolder: bundledModel(), provider, segmentation });
    await compared;
    asked[0]?.refuse(new Error("There is no such model."));
    await new Promise(setImmediate);
    assert.equal(corpus.status.outdated, false);
    corpus.dispose();
  });

  it("ends with its tab, and says so", async () => {
    const { corpora } = await lens();
    for (let i = 0; i < 60; i++) writeFileSync(join(folder, `${1000 + i}.txt`), "A line of some words. ".repeat(200));
    const messages = await messagesDuring(async () => {
      const running = run();
      await until(() => (corpora.get(folder)?.rows.length ?? 0) > 2);
      await closeEditors();
      await running;
    });
    assert.match(
      messages.join("\n"),
      /^Classifying ".*" ended with its tab after \d+ of 62 documents: Classify Folder goes on/,
    );
    assert.equal(corpora.get(folder), undefined);
  });

  /** The host end of a page with these rows, what has the page ask for something, and the files whose analyses were shown. */
  async function hostOf(rows: readonly Row[]) {
    const { notifier } = await lens();
    const asked = new vscode.EventEmitter<FromCorpus>();
    const webview = {
      cspSource: "'none'",
      asWebviewUri: (uri: vscode.Uri) => uri,
      onDidReceiveMessage: asked.event,
      postMessage: () => Promise.resolve(true),
    };
    const { event } = new vscode.EventEmitter<void>();
    const tab = { webview, onDidChangeViewState: event } as unknown as vscode.WebviewPanel;
    const run = { rows, onDidChange: event } as unknown as CorpusRun;
    const shown: string[] = [];
    const showAnalysis = (uri: vscode.Uri) => Promise.resolve(shown.push(uri.fsPath));
    const host = new CorpusTab(tab, extension().extensionUri, run, { showAnalysis, notifier });
    const ask = (request: FromCorpus): void => {
      asked.fire(request);
    };
    return { host, ask, shown };
  }

  /** The row of a file that was read. */
  const rowOf = (path: string): Row => ({
    ...{ path, hash: "", model: "", segmentation: "paragraph", tokens: 1 },
    heads: {},
  });

  it("opens a file by its path, which is where it is whatever the order of the rows, and none that has no row", async () => {
    const [read, other] = [join(folder, "a.txt"), join(folder, "b.txt")];
    for (const path of [read, other]) writeFileSync(path, "A word.");
    const { host, ask, shown } = await hostOf([rowOf(other), rowOf(read)]);
    ask({ type: "open", path: join(folder, "deep", "notes.txt"), focus: false });
    ask({ type: "open", path: read, focus: false });
    await until(() => shown.length > 0);
    assert.deepEqual(shown, [read]);
    host.dispose();
  });

  it("opens a file beside its rows, which stay in sight, the second time too and where it was not read, with the focus for who asks for it", async () => {
    const [read, failed] = [join(folder, "deep", "notes.txt"), join(folder, "empty.txt")];
    const { host, ask, shown } = await hostOf([rowOf(read), { path: failed, error: "It has no words." }]);
    vscode.window.createWebviewPanel("test", "Rows", vscode.ViewColumn.One);
    // VS Code makes the group active in which an editor is opened, with the focus or without.
    const areInSight = (): boolean =>
      vscode.window.tabGroups.all.some(({ activeTab }) => activeTab?.input instanceof vscode.TabInputWebview);
    const columnOfEditor = (path: string): vscode.ViewColumn | undefined =>
      vscode.window.visibleTextEditors.find(({ document }) => document.uri.fsPath === path)?.viewColumn;
    await until(areInSight);
    for (const times of [1, 2]) {
      ask({ type: "open", path: read, focus: false });
      await until(() => shown.length === times && columnOfEditor(read) === vscode.ViewColumn.Two);
      assert.ok(areInSight());
    }
    ask({ type: "open", path: failed, focus: false });
    await until(() => columnOfEditor(failed) === vscode.ViewColumn.Two);
    assert.ok(areInSight());
    ask({ type: "open", path: read, focus: true });
    await until(() => vscode.window.activeTextEditor?.document.uri.fsPath === read);
    assert.equal(vscode.window.activeTextEditor?.viewColumn, vscode.ViewColumn.Two);
    assert.deepEqual(shown, [read, read, read]);
    host.dispose();
  });

  it("has the panel show a row's document as it was read, unless the model was trained since: then it is read again", async () => {
    const { analyses, panel, shown } = await lens();
    const { document } = await openText("A wonderful film.");
    const { id, analysis } = await classified(document);
    const idAfterShowing = async (modelKey: string): Promise<number | undefined> => {
      await showAnalysis(analyses, shown, panel, () => Promise.resolve(modelKey), document.uri);
      return analyses.get(document.uri)?.reading?.id;
    };
    assert.equal(await idAfterShowing(analysis.modelKey), id);
    assert.notEqual(await idAfterShowing("ponet-tiny@trained"), id);
  });

  /** Closes the folder's tab, as a reload of the window does with the run behind it. */
  async function closeTab(): Promise<void> {
    const { corpora } = await lens();
    await closeEditors();
    await until(() => corpora.get(folder) === undefined);
  }

  /** Has a tab taken over as after a reload of the window; whether it has been closed. */
  async function reloaded(state: unknown): Promise<{ readonly isClosed: () => boolean }> {
    const { corpora } = await lens();
    const tab = vscode.window.createWebviewPanel("ponet.corpus", "Rows", vscode.ViewColumn.Active);
    let isClosed = false;
    tab.onDidDispose(() => (isClosed = true));
    await corpora.deserializeWebviewPanel(tab, state);
    return { isClosed: () => isClosed };
  }

  it("has the rows of the documents that are there again after a reload, without a run", async () => {
    const { corpora } = await lens();
    await run();
    const before = corpora.get(folder)?.rows;
    const status = () => corpora.get(folder)?.status;
    await closeTab();
    await set("segmentation", "sentence");
    try {
      await reloaded({ scroll: 0, folder });
      await until(() => status()?.outdated === true);
    } finally {
      await set("segmentation", undefined);
    }
    await until(() => status()?.outdated === false);
    assert.deepEqual(corpora.get(folder)?.rows, before);
    assert.deepEqual([status()?.running, status()?.failure, status()?.others], [false, undefined, 0]);
    assert.deepEqual([status()?.progress?.finished, status()?.progress?.reused], [2, 2]);

    await closeTab();
    rmSync(join(folder, "empty.txt"));
    for (const name of ["new.txt", "newer.txt"]) writeFileSync(join(folder, name), "A word.");
    await reloaded({ folder });
    await until(() => status()?.failure !== undefined);
    assert.match(status()?.failure ?? "", /^Not every document has been read: .* the next run goes on from here\.$/);
    assert.deepEqual([corpora.get(folder)?.rows.length, status()?.progress?.total], [1, 3]);
    await run();
    assert.deepEqual([corpora.get(folder)?.rows.length, status()?.failure], [3, undefined]);
  });

  it("closes a tab of before a reload that names no folder, or one that has a tab again", async () => {
    const { corpora } = await lens();
    await until((await reloaded({ scroll: 3 })).isClosed);
    await run();
    const before = corpora.get(folder);
    await until((await reloaded({ folder })).isClosed);
    assert.ok(before);
    assert.equal(corpora.get(folder), before);
  });

  it("tells in a message what a run ended with whose tab is behind another, and shows the tab from there", async () => {
    const { corpora, notifier } = await lens();
    const again = (): Promise<void> => corpora.get(folder)?.run() ?? assert.fail();
    const isInFront = (): boolean =>
      vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview;
    assert.deepEqual(await messagesDuring(run), []);
    await openText("It lies over the rows.");
    await until(() => !isInFront());
    const told: string[] = [];
    const buttons: MessageAction[] = [];
    notifier.information = (message, ...actions) => {
      told.push(message);
      buttons.push(...actions);
    };
    await again().finally(() => Reflect.deleteProperty(notifier, "information"));
    assert.deepEqual(told, [`"${basename(folder)}" has been classified: 2 documents, 1 of them not read.`]);
    assert.deepEqual(
      buttons.map(({ title }) => title),
      ["Show"],
    );
    buttons[0]?.run();
    await until(isInFront);
    await openText("It lies over the rows again.");
    await until(() => !isInFront());
    await set("model", join(folder, "nowhere"));
    const [failure, ...others] = await messagesDuring(again);
    assert.match(failure ?? "", /nowhere" does not exist/);
    assert.deepEqual(others, []);
  });

  it("tells in the tab what the run ended with, beside the rows there were, and in a message what cannot be begun", async () => {
    const { corpora } = await lens();
    await run();
    await set("model", join(folder, "nowhere"));
    await run();
    assert.equal(corpora.get(folder)?.rows.length, 2);
    assert.match(corpora.get(folder)?.status.failure ?? "", /nowhere" does not exist/);
    const messages = await messagesDuring(async () => {
      await vscode.commands.executeCommand("ponet.classifyFolder", vscode.Uri.parse("untitled:texts"));
    });
    assert.deepEqual(messages, [
      "untitled:texts is not on this machine's disk, where folders are read from: copy it there and classify the copy.",
    ]);
  });
});
