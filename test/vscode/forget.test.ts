import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
import * as vscode from "vscode";
import { Explainer } from "../../src/commands/explainer";
import { forgetKept } from "../../src/commands/forgetKept";
import { UserError } from "../../src/errors";
import {
  bundledModel,
  classified,
  closeEditors,
  lens,
  openLongText,
  openSample,
  startClassifying,
  until,
} from "./lens";

describe("Forget What Was Kept", () => {
  let folder: string;
  let explainer: Explainer;

  before(async () => {
    const { analyses, choice, engine, notifier } = await lens();
    const settings = { modelFolder: bundledModel(), provider: "auto", segmentation: "paragraph" } as const;
    explainer = new Explainer(engine, analyses, () => Promise.resolve(settings), choice, notifier);
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ponet-lens-forget-"));
    writeFileSync(join(folder, "notes.txt"), "Stir the onions into the butter. ".repeat(50));
  });

  afterEach(async () => {
    mock.restoreAll();
    await closeEditors();
    rmSync(folder, { recursive: true });
  });

  const classifyFolder = async (): Promise<void> => {
    await vscode.commands.executeCommand("ponet.classifyFolder", vscode.Uri.file(folder));
  };

  /** How many times it was asked whether to forget. */
  let asked: number;
  /** Forgets, with an answer to the question whether to. */
  async function forget(answer: string | undefined): Promise<void> {
    const { showWarningMessage } = vscode.window;
    asked = 0;
    const ask = (): Promise<string | undefined> => {
      asked++;
      return Promise.resolve(answer);
    };
    Object.assign(vscode.window, { showWarningMessage: ask });
    await forgetKept({ ...(await lens()), explainer }).finally(() =>
      Object.assign(vscode.window, { showWarningMessage }),
    );
  }

  it("deletes the rows of folders, which are read again then, once that is confirmed", async () => {
    const { corpora } = await lens();
    const reused = () => corpora.get(folder)?.status.progress?.reused;
    await classifyFolder();
    await forget(undefined);
    assert.equal(asked, 1);
    await classifyFolder();
    assert.equal(reused(), 1);
    await forget("Forget");
    assert.equal(asked, 1);
    await classifyFolder();
    assert.equal(reused(), 0);
  });

  it("deletes the analyses that are kept, and how the providers did, which are tried again then", async () => {
    const { analyses, readingStore } = await lens();
    const { document } = await openSample();
    await classified(document);
    const stores = mock.method(readingStore, "forget");
    await forget("Forget");
    assert.equal(stores.mock.callCount(), 1);
    const tried = new Set<unknown>();
    const listening = analyses.onDidChange(() => tried.add(analyses.get(document.uri)?.running?.trying));
    await classified(document);
    listening.dispose();
    assert.ok(tried.has("webgpu"));
  });

  it("leaves the analyses and the rows that are on screen", async () => {
    const { analyses, corpora } = await lens();
    await classifyFolder();
    const { document } = await openSample();
    const { id } = await classified(document);
    await forget("Forget");
    assert.equal(analyses.current(document)?.id, id);
    assert.equal(corpora.get(folder)?.rows.length, 1);
  });

  it("is refused, before it asks, while something is classified", async () => {
    const { document } = await openLongText();
    const { end } = await startClassifying(document);
    await assert.rejects(forget("Forget"), UserError);
    assert.equal(asked, 0);
    await vscode.commands.executeCommand("ponet.cancel");
    await end;
  });

  it("is refused while segments are left out, which are kept with their analysis", async () => {
    const { document } = await openLongText();
    const reading = await classified(document);
    const explained = explainer.strongest({ document, reading });
    await until(() => explainer.isRunning);
    await assert.rejects(forget("Forget"), UserError);
    assert.equal(asked, 0);
    await closeEditors();
    await assert.rejects(explained, /cancelled/);
    assert.ok(!explainer.isRunning);
  });
});
