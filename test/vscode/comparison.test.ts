import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import { segmentCount } from "../../src/analysis/segmentFigures";
import { compareDocuments } from "../../src/commands/compareWith";
import { Notifier } from "../../src/editor/notifier";
import { Classifier } from "../../src/readings/classifier";
import { readingSettings } from "../../src/readings/readingSettings";
import { OTHER_MODEL } from "../../src/readings/staleness";
import { Settings } from "../../src/settings";
import { showComparison, type Compared } from "../../src/views/comparison/comparisonTab";
import type { FromComparison, ToComparison } from "../../src/views/comparison/protocol";
import { restoreComparisons } from "../../src/views/comparison/restore";
import { segmentRange } from "../../src/views/segmentRange";
import { bundledModel, classified, closeEditors, extension, lens, set, until } from "./lens";

const TEXT = "A wonderful film.\n\nA dull one.";

describe("A comparison", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ponet-lens-comparison-"));
  });

  afterEach(async () => {
    await closeEditors();
    rmSync(folder, { recursive: true });
  });

  /** Opens a file as a user does: a document that an extension opens lives on for minutes after its editor. */
  async function open(uri: vscode.Uri): Promise<vscode.TextDocument> {
    await vscode.commands.executeCommand("vscode.open", uri);
    const active = (): vscode.TextDocument | undefined => vscode.window.activeTextEditor?.document;
    await until(() => active()?.uri.toString() === uri.toString());
    return active() ?? assert.fail();
  }

  /** A side that is read from a new file. */
  async function sideOf(name: string): Promise<Compared> {
    const uri = vscode.Uri.file(join(folder, name));
    writeFileSync(uri.fsPath, TEXT);
    const document = await open(uri);
    return { title: name, document, reading: await classified(document) };
  }

  /** Compares documents as the command does once another file is chosen. */
  async function comparer() {
    const { analyses, engine, notifier } = await lens();
    const settings = new Settings((sentence) => {
      assert.fail(sentence);
    });
    const modelsFolder = dirname(bundledModel());
    const asSet = () => readingSettings(settings, modelsFolder);
    const classifier = new Classifier(engine, analyses, settings, asSet, notifier);
    const context = {
      ...{ classifier, analyses, engine, settings, notifier, modelsFolder },
      readingSettings: asSet,
      extensionFolder: extension().extensionUri,
      createEngine: (): never => assert.fail("the model in use reads both"),
    };
    return {
      compare: (document: vscode.TextDocument, other: vscode.Uri) => compareDocuments(context, document, other),
      dispose: () => {
        classifier.dispose();
        settings.dispose();
      },
    };
  }

  const editorOf = (uri: vscode.Uri): vscode.TextEditor | undefined =>
    vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());

  it("keeps both documents in tabs, and is in sight beside them, with the focus left where it was", async () => {
    const { analyses, shown } = await lens();
    const { compare, dispose } = await comparer();
    const [first, second] = ["first.txt", "second.txt"].map((name) => vscode.Uri.file(join(folder, name)));
    assert.ok(first && second);
    for (const uri of [first, second]) writeFileSync(uri.fsPath, `${uri.path}: ${TEXT}`);
    const tabOf = (uri: vscode.Uri): vscode.Tab | undefined =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
    try {
      const document = await open(first);
      assert.equal(tabOf(first)?.isPreview, true);
      const cancelling = analyses.onDidChange((uri) => {
        analyses.get(uri)?.running?.abort.abort();
      });
      const comparing = compare(document, second);
      await assert.rejects(comparing, { message: "first.txt was not read to its end: compare again." });
      cancelling.dispose();
      await compare(document, second);
      const isInSight = (): boolean =>
        vscode.window.tabGroups.all.some(({ activeTab }) => activeTab?.input instanceof vscode.TabInputWebview);
      await until(isInSight);
      assert.ok(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputText);
      assert.deepEqual([tabOf(first)?.isPreview, tabOf(second)?.isPreview], [false, false]);
      assert.equal(shown.document?.uri.toString(), first.toString());
      assert.ok([first, second].every((uri) => analyses.get(uri)?.reading));
    } finally {
      dispose();
    }
  });

  it("is of one model, also where that was trained since it had read the first document", async () => {
    const { analyses } = await lens();
    const { compare, dispose } = await comparer();
    const own = join(folder, "my-own");
    cpSync(bundledModel(), own, { recursive: true });
    await set("model", own);
    try {
      const [first, third] = [await sideOf("first.txt"), await sideOf("third.txt")];
      const second = vscode.Uri.file(join(folder, "second.txt"));
      writeFileSync(second.fsPath, TEXT);
      appendFileSync(join(own, "card.json"), "\n");
      await compare(first.document, second);
      const [one, other, out] = [first.document.uri, second, third.document.uri].map(
        (uri) => analyses.get(uri)?.reading,
      );
      assert.notEqual(other?.analysis.modelKey, first.reading.analysis.modelKey);
      assert.equal(one?.analysis.modelKey, other?.analysis.modelKey);
      assert.deepEqual([one?.stale, other?.stale, out?.stale], [undefined, undefined, OTHER_MODEL]);
    } finally {
      dispose();
      await set("model", "ponet-tiny");
    }
  });

  it("is not made again in a tab that is closed before its readings are there", async () => {
    const { analyses, notifier, readingStore } = await lens();
    const serializers: vscode.WebviewPanelSerializer[] = [];
    const { registerWebviewPanelSerializer } = vscode.window;
    // VS Code knows the extension's own, and no two of a kind.
    Reflect.set(vscode.window, "registerWebviewPanelSerializer", (_: string, each: vscode.WebviewPanelSerializer) => {
      serializers.push(each);
      return new vscode.Disposable(() => undefined);
    });
    restoreComparisons(extension().extensionUri, analyses, readingStore, notifier);
    Reflect.set(vscode.window, "registerWebviewPanelSerializer", registerWebviewPanelSerializer);
    const sides = ["first.txt", "second.txt"].map((title) => {
      const uri = vscode.Uri.file(join(folder, title)).toString();
      return { title, uri, modelKey: "", segmentation: "paragraph" };
    });
    const disposed = new vscode.EventEmitter<void>();
    const tab = {
      onDidDispose: disposed.event,
      get webview() {
        return assert.fail("it is disposed");
      },
    } as unknown as vscode.WebviewPanel;
    const restoring = serializers[0]?.deserializeWebviewPanel(tab, { origin: { of: "documents", common: "", sides } });
    disposed.fire();
    await restoring;
    assert.equal(serializers.length, 1);
  });

  it("knows a document again that was closed and opened anew, and tells of one that is another by then", async () => {
    const [same, other] = [await sideOf("same.txt"), await sideOf("other.txt")];
    // One that knows the errors of this bundle as the user's.
    const notifier = new Notifier(vscode.window.createOutputChannel("Test", { log: true }));
    const told: ToComparison[] = [];
    const asked = new vscode.EventEmitter<FromComparison>();
    const disposed = new vscode.EventEmitter<void>();
    const webview = {
      cspSource: "'none'",
      asWebviewUri: (uri: vscode.Uri) => uri,
      onDidReceiveMessage: asked.event,
      postMessage: (message: ToComparison) => Promise.resolve(told.push(message) > 0),
    };
    const tab = { webview, onDidDispose: disposed.event } as unknown as vscode.WebviewPanel;
    showComparison(tab, extension().extensionUri, { of: "documents", common: "ponet-tiny" }, [same, other], notifier);
    asked.fire({ type: "ready" });
    assert.deepEqual(
      told.map(({ type }) => type),
      ["comparison"],
    );
    await editorOf(other.document.uri)?.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), "Once more. ");
    });
    const why = "other.txt has been edited since: compare again to see it as it is.";
    await vscode.commands.executeCommand("undo");
    assert.deepEqual(told.splice(1), [{ type: "stale", why }, { type: "stale" }]);
    await editorOf(other.document.uri)?.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), "Once more. ");
    });
    assert.deepEqual(told.at(-1), { type: "stale", why });
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await until(() => isDeepStrictEqual(told.at(-1), { type: "stale" }));
    told.splice(1);
    await closeEditors();
    await until(() => same.document.isClosed && other.document.isClosed);

    const typed = await open(same.document.uri);
    assert.notEqual(typed, same.document);
    assert.deepEqual(told.splice(1), [{ type: "stale" }]);
    await editorOf(typed.uri)?.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), "x");
    });
    assert.deepEqual(told.splice(1), [{ type: "stale", why: why.replace("other", "same") }]);
    // What was typed is not saved.
    await closeEditors();
    await until(() => typed.isClosed);
    told.splice(1);
    const again = await open(same.document.uri);
    assert.deepEqual(told.splice(1), [{ type: "stale" }]);
    const last = segmentCount(same.reading.analysis) - 1;
    asked.fire({ type: "reveal", side: 0, segment: last, focus: false });
    await until(() => editorOf(again.uri)?.selection.isEmpty === false);
    const selected = again.getText(editorOf(again.uri)?.selection);
    assert.equal(selected, again.getText(segmentRange(again, same.reading, last)));

    writeFileSync(other.document.uri.fsPath, `Something else.\n\n${TEXT}`);
    const changed = await open(other.document.uri);
    assert.deepEqual(told.slice(1), [{ type: "stale", why }]);
    // Of another text no segment is known, only the place where it began.
    asked.fire({ type: "reveal", side: 1, segment: last, focus: false });
    const place = changed.positionAt(other.reading.analysis.bounds[last] ?? 0);
    await until(() => editorOf(changed.uri)?.selection.active.isEqual(place) === true);
    assert.equal(editorOf(changed.uri)?.selection.isEmpty, true);
    const shown = new Promise<string>((resolve) => {
      notifier.onDidShow(({ message }) => {
        resolve(message);
      });
    });
    asked.fire({ type: "reveal", side: 1, segment: last + 1, focus: false });
    assert.match(await shown, /^other\.txt was read as \d+ segments: choose one of those\.$/);
    disposed.fire();
    notifier.dispose();
  });
});
