import * as vscode from "vscode";
import { registerCommands } from "./commands/register";
import { showAnalysis } from "./commands/showAnalysis";
import { Notifier } from "./editor/notifier";
import { EngineClient, type ReadingSettings } from "./engine/client";
import { Analyses } from "./readings/analyses";
import { Choice } from "./readings/choice";
import { Classifier } from "./readings/classifier";
import { liveMode } from "./readings/liveMode";
import { modelKeyOf, readingSettings } from "./readings/readingSettings";
import { ReadingStore } from "./readings/readingStore";
import { reclassifyOnChange } from "./readings/reclassify";
import { followRenames } from "./readings/renames";
import { followSaves } from "./readings/saves";
import { ShownDocument } from "./readings/shownDocument";
import { SnapshotFolder } from "./readings/snapshotFolder";
import { Settings } from "./settings";
import { restoreBenchmarks } from "./views/benchmark/restore";
import { restoreComparisons } from "./views/comparison/restore";
import { maintainContextKeys } from "./views/contextKeys";
import { Corpora } from "./views/corpus/corpora";
import { Highlights } from "./views/highlights";
import { registerHover } from "./views/hover";
import { PanelContent } from "./views/panel/content";
import { Panel } from "./views/panel/panel";
import { TokenReader } from "./views/panel/tokenReader";
import { ProgressNotification } from "./views/progressNotification";
import { StatusBar } from "./views/statusBar";

/** What the extension exports to its tests: its rooms, to be looked into. */
export interface PonetLens {
  readonly analyses: Analyses;
  readonly choice: Choice;
  readonly corpora: Corpora;
  readonly engine: EngineClient;
  readonly highlights: Highlights;
  readonly notifier: Notifier;
  readonly panel: Panel;
  readonly readingStore: ReadingStore;
  readonly shown: ShownDocument;
  readonly statusBar: StatusBar;
}

/** Half a kibibyte a segment with the bundled model: the readings of some forty novels. */
const MOST_KEPT_BYTES = 64 * 2 ** 20;

/** Known once the extension is active. */
let activeStore: ReadingStore | undefined;

/**
 * Registers commands and views; the engine process starts with the first analysis.
 * @returns nothing but to tests: what other extensions use could not be changed any more
 */
export function activate(context: vscode.ExtensionContext): PonetLens | undefined {
  const modelsFolder = context.asAbsolutePath("models");
  const log = vscode.window.createOutputChannel("PoNet Lens", { log: true });
  const notifier = new Notifier(log);
  const settings = new Settings((sentence) => {
    notifier.error(sentence);
  });
  const engineOptions = {
    enginePath: context.asAbsolutePath("dist/engine.js"),
    recordsFolder: vscode.Uri.joinPath(context.globalStorageUri, "providers").fsPath,
    idleMinutes: settings.get("idleMinutes"),
    log: (line: string) => {
      log.info(line);
    },
  };
  const createEngine = (): EngineClient => new EngineClient(engineOptions);
  const engine = createEngine();
  const analyses = new Analyses(() => settings.get("live"));
  const choice = new Choice(analyses);
  const shown = new ShownDocument();
  const asSet = (folder?: vscode.Uri): Promise<ReadingSettings> => readingSettings(settings, modelsFolder, folder);
  // A model that cannot be found is not taken for the one that read anything.
  const modelKey = (): Promise<string> =>
    asSet()
      .then(modelKeyOf)
      .catch(() => "");
  const classifier = new Classifier(engine, analyses, settings, asSet, notifier);
  const highlights = new Highlights(analyses, choice, settings);
  const createTokenReader = (): TokenReader => new TokenReader(engine, asSet, notifier);
  const content = new PanelContent(shown, analyses, choice, createTokenReader, notifier);
  const panel = new Panel(context.extensionUri, content);
  const corpora = new Corpora(context.extensionUri, {
    resultsFolder: vscode.Uri.joinPath(context.globalStorageUri, "corpora").fsPath,
    settings: asSet,
    onDidChangeSettings: settings.onDidChange,
    createEngine,
    notifier,
    showAnalysis: (uri) => showAnalysis(analyses, shown, panel, modelKey, uri),
  });
  const kept = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, "readings");
  const snapshots = new SnapshotFolder(kept, MOST_KEPT_BYTES);
  const isShared = context.storageUri === undefined;
  const readingStore = new ReadingStore(snapshots, analyses, settings, modelKey, log, isShared);
  activeStore = readingStore;
  const statusBar = new StatusBar(analyses, choice, settings);
  context.subscriptions.push(
    analyses,
    corpora,
    engine,
    settings,
    choice,
    shown,
    classifier,
    highlights,
    readingStore,
    content,
    panel,
    statusBar,
    restoreBenchmarks(context.extensionUri, notifier),
    restoreComparisons(context.extensionUri, analyses, readingStore, notifier),
    new ProgressNotification(analyses),
    maintainContextKeys(analyses, shown),
    followRenames(analyses, choice, settings),
    followSaves(analyses, choice, settings),
    registerHover(analyses, choice, settings, (document, segment) => {
      panel.mark(document, segment);
    }),
    registerCommands({
      classifier,
      analyses,
      corpora,
      readingStore,
      engine,
      createEngine,
      settings,
      readingSettings: asSet,
      notifier,
      panel,
      shown,
      choice,
      modelsFolder,
      extensionFolder: context.extensionUri,
    }),
    reclassifyOnChange(settings, analyses, shown, classifier, modelKey),
    liveMode(settings, analyses, shown, classifier),
    settings.onDidChange((changed) => {
      if (changed.has("idleMinutes")) engine.setIdleMinutes(settings.get("idleMinutes"));
    }),
    notifier,
    // Last, because what ends before it may still write to it.
    log,
  );
  if (context.extensionMode !== vscode.ExtensionMode.Test) return undefined;
  return { analyses, choice, corpora, engine, highlights, notifier, panel, readingStore, shown, statusBar };
}

/** Resolves once the readings are kept: that of a long document may still be written when the window is reloaded. */
export async function deactivate(): Promise<void> {
  await activeStore?.settled();
}
