import * as vscode from "vscode";
import { cancellable } from "../editor/cancellable";
import { columnOf } from "../editor/columnOf";
import { documentName } from "../editor/documentName";
import { keepTab } from "../editor/keepTab";
import type { Notifier } from "../editor/notifier";
import type { EngineClient, ReadingSettings } from "../engine/client";
import { PreconditionError } from "../errors";
import type { Analyses } from "../readings/analyses";
import type { Classifier } from "../readings/classifier";
import type { Reading } from "../readings/reading";
import type { Settings } from "../settings";
import { openComparison } from "../views/comparison/comparisonTab";
import type { Pair } from "../views/comparison/protocol";
import { addModelFolder } from "./addModelFolder";
import { askForOtherSide } from "./otherSide";
import { openAsText } from "./target";

/** What a comparison needs from the extension. */
export interface CompareContext {
  readonly classifier: Classifier;
  readonly analyses: Analyses;
  readonly engine: EngineClient;
  readonly settings: Settings;
  /** How the engine is to read, by the settings. */
  readonly readingSettings: () => Promise<ReadingSettings>;
  readonly notifier: Notifier;
  readonly modelsFolder: string;
  readonly extensionFolder: vscode.Uri;
  /** An engine of its own for the other model: the one in use stays loaded. */
  readonly createEngine: () => EngineClient;
}

/**
 * "PoNet: Compare With…": a document under another model, or beside another document, in an editor tab. What fails or is
 * cancelled leaves every analysis as it was.
 * @throws UserError when one of the two cannot be read
 */
export async function compareWith(context: CompareContext, document: vscode.TextDocument): Promise<void> {
  const { settings, modelsFolder, readingSettings } = context;
  const other = await askForOtherSide(document, settings, modelsFolder, readingSettings);
  if (other === undefined) return;
  if (other === "add a model folder") {
    await addModelFolder(context.engine, settings, undefined);
    await compareWith(context, document);
  } else if (other === "another file") {
    const uri = await askForFile();
    if (uri) await compareDocuments(context, document, uri);
  } else if ("document" in other) {
    await compareDocuments(context, document, other.document);
  } else {
    await compareModels(context, document, other.modelFolder);
  }
}

async function compareModels(
  context: CompareContext,
  document: vscode.TextDocument,
  modelFolder: string,
): Promise<void> {
  const first = await readingOf(context, document);
  const second = first && (await readingWith(context, document, first, modelFolder));
  if (!second) return;
  const { model } = first.analysis;
  const titles = apart([model, second.analysis.model], [model, modelFolder]);
  const facts = { of: "models" as const, common: nameOf(document, first) };
  const compared = [
    { title: titles[0], document, reading: first },
    { title: titles[1], document, reading: second },
  ] as const;
  openComparison(context.extensionFolder, facts, compared, context.notifier);
}

/**
 * Compares a document with that of a file, which has a tab from then on: without one VS Code closes it after some minutes, and
 * with it go its run and its reading.
 * @throws UserError when one of the two cannot be read
 */
export async function compareDocuments(
  context: CompareContext,
  document: vscode.TextDocument,
  uri: vscode.Uri,
): Promise<void> {
  await openAsText(uri);
  const before = await readingOf(context, document);
  if (!before) return;
  // Again: it may have been closed, or deleted, meanwhile.
  const other = await openAsText(uri);
  await show(other);
  // What the panel speaks of stays what it was.
  await show(document);
  const second = await readingOf(context, other);
  if (!second) return;
  // A model that has been trained meanwhile is another one, and the first reading stale.
  const isSameModel = before.analysis.modelKey === second.analysis.modelKey;
  const first = isSameModel ? before : await readingOf(context, document);
  if (!first) return;
  const titles = apart(
    [nameOf(document, first), nameOf(other, second)],
    [vscode.workspace.asRelativePath(document.uri), vscode.workspace.asRelativePath(uri)],
  );
  const facts = { of: "documents" as const, common: first.analysis.model };
  const compared = [
    { title: titles[0], document, reading: first },
    { title: titles[1], document: other, reading: second },
  ] as const;
  openComparison(context.extensionFolder, facts, compared, context.notifier);
}

async function show(document: vscode.TextDocument): Promise<void> {
  const viewColumn = columnOf(document.uri);
  await vscode.window.showTextDocument(document, { viewColumn, preview: false, preserveFocus: true });
}

/**
 * The document's current reading, which is made where there is none; undefined once it was told why there is none. Its tab
 * stays.
 * @throws PreconditionError when that was cancelled, or given up for another run
 */
async function readingOf(
  { analyses, classifier }: CompareContext,
  document: vscode.TextDocument,
): Promise<Reading | undefined> {
  await keepTab(document.uri);
  const known = analyses.current(document);
  if (known) return known;
  const reading = classifier.again(document);
  const { running } = analyses.get(document.uri) ?? {};
  await reading;
  const made = analyses.current(document);
  // Everything else that may have come between has been told.
  if (!made && running?.abort.signal.aborted && !document.isClosed)
    throw new PreconditionError(`${documentName(document.uri)} was not read to its end: compare again.`);
  return made;
}

/** A reading of the same text by another model; undefined when that is cancelled. */
async function readingWith(
  { analyses, readingSettings, createEngine }: CompareContext,
  document: vscode.TextDocument,
  reading: Reading,
  modelFolder: string,
): Promise<Reading | undefined> {
  const { text, start, version, selection, settings } = reading;
  const name = documentName(document.uri);
  const { segmentation } = settings;
  const request = { ...(await readingSettings()), modelFolder, segmentation, text, start, name };
  const engine = createEngine();
  try {
    const analysis = await cancellable(`Comparing two models on ${name}`, (signal, tell) =>
      engine.analyze(request, {
        signal,
        onProgress: ({ fraction }) => {
          tell(fraction);
        },
      }),
    );
    if (!analysis) return undefined;
    return {
      id: analyses.nextReadingId(),
      text,
      start,
      version,
      settings: { ...settings, model: modelFolder },
      ...(selection && { selection }),
      analysis,
    };
  } finally {
    engine.dispose();
  }
}

async function askForFile(): Promise<vscode.Uri | undefined> {
  return (
    await vscode.window.showOpenDialog({ title: "Choose a document to compare with", openLabel: "Compare" })
  )?.[0];
}

function nameOf({ uri }: vscode.TextDocument, { selection }: Reading): string {
  return selection ? `selection of ${documentName(uri)}` : documentName(uri);
}

/** The names where they differ, else names that do. */
function apart(names: Pair<string>, longer: Pair<string>): Pair<string> {
  return names[0] === names[1] ? longer : names;
}
