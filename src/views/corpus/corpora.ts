import { rm } from "node:fs/promises";
import * as vscode from "vscode";
import { count, counted } from "../../analysis/figures";
import type { CorpusProgress } from "../../corpus/progress";
import { isClassified, type Row } from "../../corpus/row";
import { CorpusRun, type CorpusContext } from "./corpusRun";
import { CorpusTab } from "./corpusTab";
import { folderName } from "./folderName";
import { parseFolder } from "./messages";

/** The type of the editor tabs. */
const CORPUS = "ponet.corpus";

/** The folders that are or were classified, with an editor tab each. */
export class Corpora implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly registration: vscode.Disposable;
  private readonly tabs = new Map<string, { readonly run: CorpusRun; readonly tab: vscode.WebviewPanel }>();

  constructor(
    private readonly extension: vscode.Uri,
    private readonly context: CorpusContext,
  ) {
    this.registration = vscode.window.registerWebviewPanelSerializer(CORPUS, this);
  }

  /** The run of a folder whose tab is open. */
  get(folder: string): CorpusRun | undefined {
    return this.tabs.get(folder)?.run;
  }

  /** Whether a folder is being classified. */
  get isRunning(): boolean {
    return [...this.tabs.values()].some(({ run }) => run.status.running);
  }

  /** Deletes the rows that are kept of every folder; those in tabs stay. */
  async forget(): Promise<void> {
    await rm(this.context.resultsFolder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Shows the folder's tab and classifies the folder, or goes on with it. Its tab's end is the run's end. */
  async classify(folder: string): Promise<void> {
    const open = this.tabs.get(folder);
    open?.tab.reveal();
    await (open?.run ?? this.open(folder)).run();
  }

  /** Takes a tab over that was open when the window was reloaded: it shows the rows that are kept, without a run. */
  deserializeWebviewPanel(tab: vscode.WebviewPanel, state: unknown): Promise<void> {
    const folder = parseFolder(state);
    const open = folder === undefined ? undefined : this.tabs.get(folder);
    if (folder !== undefined && !open) void this.adopt(folder, tab).restore();
    else {
      tab.dispose();
      // One that was not in sight until now may have been opened anew.
      open?.tab.reveal();
    }
    return Promise.resolve();
  }

  dispose(): void {
    this.registration.dispose();
    for (const { run } of this.tabs.values()) run.dispose();
  }

  private open(folder: string): CorpusRun {
    const title = `PoNet: ${folderName(folder)}`;
    return this.adopt(folder, vscode.window.createWebviewPanel(CORPUS, title, vscode.ViewColumn.Active));
  }

  private adopt(folder: string, tab: vscode.WebviewPanel): CorpusRun {
    const run = new CorpusRun(folder, this.context);
    const host = new CorpusTab(tab, this.extension, run, this.context);
    this.tabs.set(folder, { run, tab });
    run.onDidEnd(() => {
      if (!tab.visible) this.tellEnd(run);
    });
    tab.onDidDispose(() => {
      const { running, progress } = run.status;
      if (running) this.context.notifier.information(endedWithTab(folder, progress));
      host.dispose();
      run.dispose();
      this.tabs.delete(folder);
    });
    return run;
  }

  /** Tells what came of a run, with a way to its tab. */
  private tellEnd({ folder, rows, status: { failure } }: CorpusRun): void {
    const { notifier } = this.context;
    const show = {
      title: "Show",
      run: () => {
        this.tabs.get(folder)?.tab.reveal();
      },
    };
    if (failure === undefined) notifier.information(ended(folder, rows), show);
    else notifier.error(failure, show);
  }
}

function ended(folder: string, rows: readonly Row[]): string {
  const notRead = rows.filter((row) => !isClassified(row)).length;
  const except = notRead > 0 ? `, ${count(notRead)} of them not read` : "";
  return `"${folderName(folder)}" has been classified: ${counted(rows.length, "document")}${except}.`;
}

function endedWithTab(folder: string, progress: CorpusProgress | undefined): string {
  const how = progress ? ` after ${count(progress.finished)} of ${counted(progress.total, "document")}` : "";
  return `Classifying "${folderName(folder)}" ended with its tab${how}: Classify Folder goes on from there.`;
}
