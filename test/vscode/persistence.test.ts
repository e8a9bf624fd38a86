import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Analysis } from "../../src/analysis/analysis";
import { modelKey } from "../../src/models/modelKey";
import { Analyses } from "../../src/readings/analyses";
import { ReadingStore } from "../../src/readings/readingStore";
import { SnapshotFolder } from "../../src/readings/snapshotFolder";
import type { Reading } from "../../src/readings/reading";
import { FAILED, OTHER_SETTINGS, readingOfHeir } from "../../src/readings/staleness";
import { Settings } from "../../src/settings";
import { ROOT } from "../harness/environment";
import { classified, closeEditors, lens, openSample, openText, set, setOfMarkdown, stateOf, until } from "./lens";

const MOST_BYTES = 2 ** 20;
/** What the tests' settings name. */
const MODEL = join(ROOT, "models", "ponet-tiny");

describe("Readings over a reload or a rename", () => {
  const settings = new Settings((sentence) => {
    throw new Error(sentence);
  });
  const log = vscode.window.createOutputChannel("Test", { log: true });
  let folder: string;
  let store: ReadingStore;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "ponet-lens-readings-"));
    store = await storeFor((await lens()).analyses);
  });

  afterEach(async () => {
    await closeEditors();
    store.dispose();
    rmSync(folder, { recursive: true });
  });

  after(() => {
    settings.dispose();
    log.dispose();
  });

  /** A store as an activation makes it, once it has read what there is. */
  async function storeFor(analyses: Analyses): Promise<ReadingStore> {
    const made = new ReadingStore(
      new SnapshotFolder(vscode.Uri.file(folder), MOST_BYTES),
      analyses,
      settings,
      () => modelKey(MODEL),
      log,
      false,
    );
    await new Promise(setImmediate);
    await made.settled();
    return made;
  }

  /** What a second activation knows of the document. */
  async function restored(document: vscode.TextDocument): Promise<ReturnType<Analyses["get"]>> {
    await store.settled();
    const analyses = new Analyses(() => false);
    (await storeFor(analyses)).dispose();
    const state = analyses.get(document.uri);
    analyses.dispose();
    return state;
  }

  /** The document of a file's new name, once that has the reading. */
  async function documentRenamed(before: vscode.Uri, after: vscode.Uri): Promise<vscode.TextDocument> {
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(before, after);
    await vscode.workspace.applyEdit(edit);
    const renamed = await vscode.workspace.openTextDocument(after);
    await stateOf(renamed, (state) => state?.reading !== undefined);
    return renamed;
  }

  /** Chooses another label than the predicted; its index. */
  async function chooseLabel(uri: vscode.Uri, analysis: Analysis): Promise<number> {
    const { choice } = await lens();
    const { head, label } = choice.of(uri, analysis) ?? assert.fail();
    const other = (label + 1) % head.labels.length;
    choice.choose(uri, head.name, head.labels[other]);
    return other;
  }

  it("go with a file that is renamed", async () => {
    const [before, after] = ["before.txt", "after.txt"].map((name) => vscode.Uri.file(join(folder, name)));
    assert.ok(before && after);
    await vscode.workspace.fs.writeFile(before, Buffer.from("A wonderful film.\n\nA dull one."));
    const { document } = await vscode.window.showTextDocument(before);
    const { analysis } = await classified(document);
    const label = await chooseLabel(before, analysis);
    const renamed = await documentRenamed(before, after);
    const { analyses, choice } = await lens();
    assert.deepEqual(analyses.current(renamed)?.analysis, analysis);
    assert.equal(choice.of(after, analysis)?.label, label);
  });

  it("are stale where the new name is of a language that has another segmentation, whatever was edited", async () => {
    for (const edited of ["", "P.S. "]) {
      const [before, after] = [`${edited}before.txt`, `${edited}after.md`].map((name) =>
        vscode.Uri.file(join(folder, name)),
      );
      assert.ok(before && after);
      await vscode.workspace.fs.writeFile(before, Buffer.from("A wonderful film.\n\nA dull one."));
      const editor = await vscode.window.showTextDocument(before);
      await classified(editor.document);
      await editor.edit((edit) => {
        edit.insert(new vscode.Position(0, 0), edited);
      });
      await editor.document.save();
      await setOfMarkdown("segmentation", "sentence");
      try {
        await documentRenamed(before, after);
        const { analyses } = await lens();
        assert.equal(analyses.get(after)?.reading?.stale, OTHER_SETTINGS);
      } finally {
        await setOfMarkdown("segmentation", undefined);
      }
    }
  });

  it("go with the files of a folder that is renamed, stale where they were edited", async () => {
    const [before, after] = ["before", "after"].map((name) => vscode.Uri.file(join(folder, name)));
    assert.ok(before && after);
    const file = vscode.Uri.joinPath(before, "film.txt");
    await vscode.workspace.fs.writeFile(file, Buffer.from("A wonderful film.\n\nA dull one."));
    const editor = await vscode.window.showTextDocument(file);
    const { analysis } = await classified(editor.document);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), "P.S. ");
    });
    await editor.document.save();
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(before, after);
    await vscode.workspace.applyEdit(edit);
    const renamed = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(after, "film.txt"));
    await stateOf(renamed, (state) => state?.reading !== undefined);
    const { analyses } = await lens();
    const reading = analyses.get(renamed.uri)?.reading;
    assert.deepEqual(reading?.analysis, analysis);
    assert.match(reading.stale ?? "", /has been edited/);
  });

  it("go with an untitled document that is saved", async () => {
    const file = vscode.Uri.file(join(folder, "saved.txt"));
    const editor = await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument(file.with({ scheme: "untitled" })),
    );
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), "A wonderful film.\n\nA dull one.\n");
    });
    const { analysis } = await classified(editor.document);
    assert.ok(await editor.document.save());
    const saved = await vscode.workspace.openTextDocument(file);
    await stateOf(saved, (state) => state?.reading !== undefined);
    const { analyses } = await lens();
    const reading = analyses.get(saved.uri)?.reading;
    assert.equal(reading?.stale, undefined);
    assert.equal(reading?.version, saved.version);
    assert.deepEqual(reading.analysis, analysis);
    await stateOf(editor.document, (state) => state === undefined);
  });

  it("go with a file that is saved as another", async () => {
    const [before, after] = ["novel.txt", "novel-2.txt"].map((name) => vscode.Uri.file(join(folder, name)));
    assert.ok(before && after);
    const text = "A wonderful film.\n\nA dull one.\n";
    await vscode.workspace.fs.writeFile(before, Buffer.from(text));
    // What VS Code opens is closed with its editor; what an extension opens lives on for minutes.
    await vscode.commands.executeCommand("vscode.open", before, { preview: false });
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.fsPath, before.fsPath);
    const { analysis } = await classified(document);
    const label = await chooseLabel(before, analysis);
    // What Save As does: the other file's document is given the text and saved, then the editor of the first is closed.
    await vscode.workspace.fs.writeFile(after, Buffer.from(""));
    const other = await vscode.window.showTextDocument(after);
    await other.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), text);
    });
    await other.document.save();
    await vscode.commands.executeCommand("vscode.open", before);
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    const { analyses, choice } = await lens();
    await stateOf(other.document, (state) => state?.reading !== undefined);
    assert.deepEqual(analyses.current(other.document)?.analysis, analysis);
    assert.equal(choice.of(after, analysis)?.label, label);
  });

  it("go to no file that once had the same text and has another", async () => {
    const [first, second] = ["first.txt", "second.txt"].map((name) => vscode.Uri.file(join(folder, name)));
    assert.ok(first && second);
    const text = "A wonderful film.\n\nA dull one.\n";
    await vscode.workspace.fs.writeFile(first, Buffer.from(text));
    await vscode.commands.executeCommand("vscode.open", first, { preview: false });
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.fsPath, first.fsPath);
    await classified(document);
    await vscode.workspace.fs.writeFile(second, Buffer.from(""));
    const other = await vscode.window.showTextDocument(second, { preview: false });
    for (const change of [text, "And something else. "]) {
      await other.edit((edit) => {
        edit.insert(new vscode.Position(0, 0), change);
      });
      await other.document.save();
    }
    // Saving may change a text, too, and VS Code then closes the document that was saved, though not so much later.
    const now = performance.now.bind(performance);
    performance.now = () => now() + 3500;
    try {
      await vscode.commands.executeCommand("vscode.open", first);
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
      await stateOf(document, (state) => state === undefined);
    } finally {
      performance.now = now;
    }
    const { analyses } = await lens();
    assert.equal(analyses.get(second), undefined);
  });

  it("are there again while the text is the same", async () => {
    const { document } = await openSample();
    const { analysis } = await classified(document);
    const { reading, running } = (await restored(document)) ?? {};
    assert.deepEqual(reading?.analysis, analysis);
    assert.equal(reading.text, document.getText());
    assert.equal(reading.stale, undefined);
    assert.equal(running, undefined);
  });

  it("are not written where another has taken their place before their turn", async () => {
    const { document } = await openSample();
    const reading = await classified(document);
    const written: vscode.Uri[] = [];
    const write = (uri: vscode.Uri) => Promise.resolve(void written.push(uri));
    const snapshots = Object.assign(new SnapshotFolder(vscode.Uri.file(folder), MOST_BYTES), { write });
    const analyses = new Analyses(() => false);
    const made = new ReadingStore(snapshots, analyses, settings, () => modelKey(MODEL), log, false);
    await new Promise(setImmediate);
    await made.settled();
    for (const id of [analyses.nextReadingId(), analyses.nextReadingId()]) {
      const abort = new AbortController();
      analyses.start(document.uri, abort, reading, false);
      analyses.succeed(document.uri, abort, { ...reading, id });
    }
    await made.settled();
    assert.equal(written.length, 1);
    made.dispose();
    analyses.dispose();
  });

  it("of a selection are there with its range", async () => {
    const editor = await openSample();
    editor.selection = new vscode.Selection(2, 0, 6, 5);
    await vscode.commands.executeCommand("ponet.classifySelection");
    const { reading } = (await restored(editor.document)) ?? {};
    assert.deepEqual(reading?.selection, new vscode.Range(2, 0, 6, 5));
    assert.equal(reading.stale, undefined);
  });

  it("are stale when the text, or a setting, is another", async () => {
    const { document } = await openSample();
    await classified(document);
    // Out of sight it is not read again with the setting.
    await openText("A document in front of it.");
    const { shown } = await lens();
    await until(() => shown.document !== document);
    await set("segmentation", "fixed");
    const other = (await restored(document))?.reading;
    await set("segmentation", undefined);
    assert.match(other?.stale ?? "", /segmentation has been changed/);
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), "P.S. ");
    });
    const edited = (await restored(document))?.reading;
    assert.match(edited?.stale ?? "", /has been edited/);
    assert.notEqual(edited?.version, document.version);
  });

  it("of an untitled document are not those of another that took its name", async () => {
    const editor = await openText("A wonderful film.\n\nA dull one.");
    await classified(editor.document);
    assert.equal((await restored(editor.document))?.reading?.text, editor.document.getText());
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), "P.S. ");
    });
    assert.equal(await restored(editor.document), undefined);
  });

  it("are neither there again nor on the disk once they are forgotten", async () => {
    const { document } = await openSample();
    await classified(document);
    await store.settled();
    assert.equal(readdirSync(folder).length, 1);
    await store.forget();
    assert.deepEqual(readdirSync(folder), []);
    assert.equal(await restored(document), undefined);
  });

  it("hold no text of their document", async () => {
    const { document } = await openSample();
    await classified(document);
    await store.settled();
    const [name = ""] = readdirSync(folder);
    const kept = readFileSync(join(folder, name));
    assert.ok(kept.includes(document.uri.toString()));
    for (const encoding of ["latin1", "utf16le"] as const) assert.ok(!kept.includes("Senate", 0, encoding), encoding);
  });

  it("are stale when the model's files are others", async () => {
    const { document } = await openSample();
    await classified(document);
    await store.settled();
    const analyses = new Analyses(() => false);
    const snapshots = new SnapshotFolder(vscode.Uri.file(folder), MOST_BYTES);
    const trained = () => Promise.resolve("ponet-tiny@trained");
    const made = new ReadingStore(snapshots, analyses, settings, trained, log, false);
    await new Promise(setImmediate);
    await made.settled();
    const stale = () => analyses.get(document.uri)?.reading?.stale ?? "";
    assert.match(stale(), /files of the model have been changed/);
    // Settings that change and change back do not make it that model's again.
    analyses.outdate(document.uri, OTHER_SETTINGS);
    analyses.renew(document);
    assert.match(stale(), /files of the model have been changed/);
    made.dispose();
    analyses.dispose();
  });

  it("are not taken for those of another model while theirs is away", async () => {
    const { document } = await openSample();
    await classified(document);
    await store.settled();
    const analyses = new Analyses(() => false);
    const snapshots = new SnapshotFolder(vscode.Uri.file(folder), MOST_BYTES);
    const made = new ReadingStore(snapshots, analyses, settings, () => Promise.resolve(""), log, false);
    await new Promise(setImmediate);
    await made.settled();
    assert.equal(analyses.get(document.uri)?.reading?.stale, OTHER_SETTINGS);
    analyses.renew(document);
    assert.ok(analyses.current(document));
    made.dispose();
    analyses.dispose();
  });

  it("are there again with what was left out of them", async () => {
    const { document } = await openSample();
    await classified(document);
    await vscode.commands.executeCommand("ponet.explainStrongest");
    const { analyses } = await lens();
    const { explanations = [] } = analyses.get(document.uri)?.reading ?? {};
    assert.equal(explanations.length, 1);
    assert.deepEqual((await restored(document))?.reading?.explanations, explanations);
  });

  it("are there again beside a run that began before, or that has failed, and not once they are cleared", async () => {
    const { document } = await openSample();
    const { uri } = document;
    const reading = await classified(document);
    await store.settled();
    /** What is known after an activation by a run to which something happens before the model is known. */
    const during = async (
      happen: (analyses: Analyses, abort: AbortController) => void,
    ): Promise<Reading | undefined> => {
      const analyses = new Analyses(() => false);
      const abort = new AbortController();
      const known = (): Promise<string> => {
        happen(analyses, abort);
        return modelKey(MODEL);
      };
      const made = new ReadingStore(
        new SnapshotFolder(vscode.Uri.file(folder), MOST_BYTES),
        analyses,
        settings,
        known,
        log,
        false,
      );
      analyses.start(uri, abort, reading, false);
      await new Promise(setImmediate);
      await made.settled();
      analyses.stop(uri, abort);
      await made.settled();
      made.dispose();
      analyses.dispose();
      return analyses.get(uri)?.reading;
    };
    const restored = await during(() => undefined);
    assert.deepEqual([restored?.analysis, restored?.stale], [reading.analysis, undefined]);
    const beside = await during((analyses, abort) => {
      analyses.fail(uri, abort, "It failed.");
    });
    assert.deepEqual([beside?.analysis, beside?.stale], [reading.analysis, FAILED]);
    const cleared = await during((analyses) => {
      analyses.drop(uri);
    });
    assert.equal(cleared, undefined);
    assert.deepEqual(readdirSync(folder), []);
  });

  it("of a document that is closed behind another are there again once its tab is shown", async () => {
    const texts = mkdtempSync(join(tmpdir(), "ponet-lens-texts-"));
    const files = Array.from({ length: 200 }, (_, i) => vscode.Uri.file(join(texts, `${i}.txt`)));
    for (const { fsPath } of files) writeFileSync(fsPath, "A wonderful film.");
    const [file, ...others] = files;
    assert.ok(file);
    const { analyses } = await lens();
    const { document: same } = await openText("A wonderful film.");
    const reading = await classified(same);
    await vscode.commands.executeCommand("vscode.open", file, { background: true, preview: false });
    const document = await vscode.workspace.openTextDocument(file);
    analyses.restore(file, readingOfHeir(document, reading, reading.settings));
    // Of documents without an editor VS Code keeps some fifty open.
    for (const uri of others) if (!document.isClosed) await vscode.workspace.openTextDocument(uri);
    await until(() => document.isClosed);
    await stateOf(document, (state) => state === undefined);
    await store.settled();
    assert.equal(readdirSync(folder).length, 2);
    await vscode.window.showTextDocument(file);
    await stateOf(document, (state) => state?.reading !== undefined);
    assert.deepEqual(analyses.get(file)?.reading?.analysis, reading.analysis);
    rmSync(texts, { recursive: true });
  });

  it("in a folder that windows share are not forgotten: another may have the document open", async () => {
    const { document } = await openText("Something to keep.");
    const shared = new ReadingStore(
      new SnapshotFolder(vscode.Uri.file(folder), MOST_BYTES),
      (await lens()).analyses,
      settings,
      () => modelKey(MODEL),
      log,
      true,
    );
    store.dispose();
    await classified(document);
    await closeEditors();
    await stateOf(document, (state) => state === undefined);
    await shared.settled();
    assert.equal(readdirSync(folder).length, 1);
    shared.dispose();
  });

  it("are forgotten with their document", async () => {
    const { document } = await openText("Something to forget.");
    await classified(document);
    await store.settled();
    assert.equal(readdirSync(folder).length, 1);
    await closeEditors();
    await stateOf(document, (state) => state === undefined);
    await store.settled();
    assert.deepEqual(readdirSync(folder), []);
  });

  it("are forgotten when they are cleared, in a folder that windows share too", async () => {
    const { document } = await openText("Something to clear.");
    const other = mkdtempSync(join(tmpdir(), "ponet-lens-readings-"));
    const shared = new ReadingStore(
      new SnapshotFolder(vscode.Uri.file(other), MOST_BYTES),
      (await lens()).analyses,
      settings,
      () => modelKey(MODEL),
      log,
      true,
    );
    const kept = async (): Promise<number[]> => {
      await Promise.all([store.settled(), shared.settled()]);
      return [folder, other].map((each) => readdirSync(each).length);
    };
    await classified(document);
    assert.deepEqual(await kept(), [1, 1]);
    await vscode.commands.executeCommand("ponet.clearAnalysis");
    assert.deepEqual(await kept(), [0, 0]);
    shared.dispose();
    rmSync(other, { recursive: true });
  });

  it("of documents that were closed before an activation are forgotten, and not those of documents side by side", async () => {
    const { document } = await openText("Something to keep.");
    await classified(document);
    await store.settled();
    const [left, right] = ["/left.txt", "/right.txt"].map((path) => vscode.Uri.file(path));
    assert.ok(left && right);
    await vscode.commands.executeCommand("vscode.diff", left, right, "Side by side", { background: true });
    const isDiff = ({ input }: vscode.Tab): boolean => input instanceof vscode.TabInputTextDiff;
    await until(() => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isDiff)));
    const snapshots = new SnapshotFolder(vscode.Uri.file(folder), MOST_BYTES);
    for (const uri of [right, vscode.Uri.file("/closed.txt")]) await snapshots.write(uri, new Uint8Array(8));
    assert.equal(readdirSync(folder).length, 3);
    assert.ok((await restored(document))?.reading);
    assert.equal(readdirSync(folder).length, 2);
    assert.ok(await snapshots.read(right));
  });

  it("are given up where their file is broken", async () => {
    const { document } = await openSample();
    await classified(document);
    await store.settled();
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), "broken");
    assert.equal(await restored(document), undefined);
  });

  it("take no more than their room: the oldest go first, and one that is too large is not kept", async () => {
    const uris = ["a", "b", "c"].map((name) => vscode.Uri.file(`/${name}.txt`));
    const [small, ofAnotherWindow] = [0, 1].map(() => new SnapshotFolder(vscode.Uri.file(folder), 100));
    assert.ok(small && ofAnotherWindow && uris[0]);
    assert.equal(await ofAnotherWindow.read(uris[0]), undefined);
    for (const uri of uris) {
      await small.write(uri, new Uint8Array(40));
      // The clock of the file system may count in milliseconds.
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const sizes = async (): Promise<(number | undefined)[]> =>
      Promise.all(uris.map(async (uri) => (await ofAnotherWindow.read(uri))?.length));
    assert.deepEqual(await sizes(), [undefined, 40, 40]);
    await small.write(vscode.Uri.file("/b.txt"), new Uint8Array(101));
    assert.deepEqual(await sizes(), [undefined, undefined, 40]);
  });
});
