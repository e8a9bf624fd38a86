import { createHash } from "node:crypto";
import * as vscode from "vscode";
import type { Snapshot } from "../analysis/snapshot";
import { documentAt } from "../editor/documentAt";
import { documentName } from "../editor/documentName";
import { textsInTabs } from "../editor/openTexts";
import { areAlike, type Settings } from "../settings";
import type { Analyses } from "./analyses";
import type { Reading } from "./reading";
import type { SnapshotFolder } from "./snapshotFolder";
import { EDITED, NO_VERSION, OTHER_MODEL, OTHER_SETTINGS } from "./staleness";

/**
 * Keeps the last reading of each open document over a reload of the window, and forgets it when it is cleared, or the document
 * closed, but that neither while a tab will open it again nor where other windows keep theirs in the same folder.
 */
export class ReadingStore implements vscode.Disposable {
  private readonly subscriptions: readonly vscode.Disposable[];
  /** Which readings are kept, by their document, and how many of their explanations. */
  private readonly kept = new Map<string, string>();
  private queue: Promise<void> = Promise.resolve();

  /**
   * @param modelKey that of the model that is set, "" where that cannot be found
   * @param isShared whether other windows keep theirs in the same folder
   */
  constructor(
    private readonly folder: SnapshotFolder,
    private readonly analyses: Analyses,
    private readonly settings: Settings,
    private readonly modelKey: () => Promise<string>,
    private readonly log: vscode.LogOutputChannel,
    private readonly isShared: boolean,
  ) {
    const restore = (document: vscode.TextDocument): void => {
      this.enqueue(documentName(document.uri), () => this.restore(document));
    };
    this.subscriptions = [
      analyses.onDidChange((uri) => {
        this.keep(uri);
      }),
      analyses.onDidDrop((uri) => {
        this.drop(uri);
      }),
      vscode.workspace.onDidOpenTextDocument(restore),
    ];
    // After activation, which nobody is to wait for longer.
    setImmediate(() => {
      vscode.workspace.textDocuments.forEach(restore);
      if (!isShared) this.enqueue("closed documents", () => this.forgetClosed());
    });
  }

  /** Resolves once everything that has been asked for until now is on the disk or has been read from it. */
  async settled(): Promise<void> {
    await this.queue;
  }

  /** Deletes all that is kept; the readings themselves stay as they are. */
  forget(): Promise<void> {
    return this.inTurn(() => this.folder.keepOnly([]));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private keep(uri: vscode.Uri): void {
    const key = uri.toString();
    const reading = this.analyses.get(uri)?.reading;
    if (!reading || this.kept.get(key) === whatIsKept(reading)) return;
    this.kept.set(key, whatIsKept(reading));
    this.enqueue(documentName(uri), () => this.save(uri, reading));
  }

  private drop(uri: vscode.Uri): void {
    if (!this.kept.delete(uri.toString())) return;
    // It was closed, and not cleared.
    const isClosed = documentAt(uri) === undefined;
    // Another window may have it open too: there the oldest make room.
    if (isClosed && (this.isShared || hasTab(uri))) return;
    this.enqueue(documentName(uri), () => this.folder.delete(uri));
  }

  private async save(uri: vscode.Uri, reading: Reading): Promise<void> {
    const now = this.analyses.get(uri)?.reading;
    // Its turn is to come: while somebody types there is another for every pause.
    if (now && whatIsKept(now) !== whatIsKept(reading)) return;
    const { analysis, text, selection, settings, explanations = [] } = reading;
    // Loaded at the first use, with the schemas it brings along: activation only registers.
    const { encodeSnapshot, leastBytes } = await import("../analysis/snapshot");
    // Neither hashed nor put together for nothing.
    if (!this.folder.holds(leastBytes(analysis))) return this.folder.delete(uri);
    // A large document's views, its hash and its snapshot each take a turn of the event loop: together they would hold it.
    const nextTurn = () => new Promise(setImmediate);
    await nextTurn();
    const textHash = hashOf(text);
    await nextTurn();
    const snapshot: Snapshot = {
      uri: uri.toString(),
      settings,
      textHash,
      isSelection: selection !== undefined,
      // Of type Analysis, whose lists are read-only: nobody changes this one either.
      analysis: analysis as Snapshot["analysis"],
      explanations: explanations as Snapshot["explanations"],
    };
    const bytes = encodeSnapshot(snapshot);
    await nextTurn();
    await this.folder.write(uri, bytes);
  }

  private async restore(document: vscode.TextDocument): Promise<void> {
    const { uri } = document;
    const key = uri.toString();
    if (this.analyses.get(uri)?.reading) return;
    const bytes = await this.folder.read(uri);
    if (!bytes) return;
    // That it is there, for it may be cleared before it is restored.
    this.kept.set(key, "the reading of before");
    const { decodeSnapshot } = await import("../analysis/snapshot");
    const snapshot = decodeSnapshot(bytes);
    if (snapshot.uri !== key) return;
    const modelKey = await this.modelKey();
    if (this.analyses.get(uri)?.reading || document.isClosed || !this.kept.has(key)) return;
    const reading = this.readingOf(snapshot, document, modelKey);
    // The next Untitled-1 has the address of one that was discarded, and another window's has it too.
    if (document.isUntitled && reading.stale === EDITED) return;
    this.kept.set(key, whatIsKept(reading));
    this.analyses.restore(uri, reading);
  }

  /** The reading as it stands now: current while the text and the settings are those of then, else stale. */
  private readingOf(
    { analysis, explanations, textHash, settings, isSelection }: Snapshot,
    document: vscode.TextDocument,
    modelKey: string,
  ): Reading {
    const { bounds } = analysis;
    const [from = 0, to = from] = [bounds[0], bounds.at(-1)];
    const range = new vscode.Range(document.positionAt(from), document.positionAt(to));
    const text = isSelection ? document.getText(range) : document.getText();
    const isSameText = hashOf(text) === textHash;
    // A model that is away, on a drive, say, may be the one of then: the next change of a setting looks again.
    const isAsSet = modelKey !== "" && areAlike(settings, this.settings.decisiveOf(document));
    const isOtherModel = isAsSet && modelKey !== analysis.modelKey;
    const stale = !isSameText ? EDITED : isOtherModel ? OTHER_MODEL : isAsSet ? undefined : OTHER_SETTINGS;
    return {
      id: this.analyses.nextReadingId(),
      analysis,
      text: isSameText ? text : "",
      start: from,
      version: isSameText ? document.version : NO_VERSION,
      settings,
      ...(isSelection && { selection: range }),
      ...(explanations.length > 0 && { explanations }),
      ...(stale !== undefined && { stale }),
    };
  }

  /** Documents may have been closed, or deleted, while the extension was not active. */
  private async forgetClosed(): Promise<void> {
    // VS Code has not told yet which tabs there are.
    if (vscode.window.tabGroups.all.length === 0) return;
    await this.folder.keepOnly([...textsInTabs(), ...vscode.workspace.textDocuments.map(({ uri }) => uri)]);
  }

  /** What fails costs no more than the reading. */
  private enqueue(name: string, work: () => Promise<void>): void {
    this.inTurn(work).catch((error: unknown) => {
      this.log.warn(`The kept analysis of ${name} was given up: ${String(error)}`);
    });
  }

  /** One at a time, for they share the folder. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => undefined);
    return turn;
  }
}

/** Whether a tab will open the document once it is shown. */
function hasTab(uri: vscode.Uri): boolean {
  return textsInTabs().some((each) => each.toString() === uri.toString());
}

function whatIsKept({ id, explanations = [] }: Reading): string {
  return `${id} with ${explanations.length}`;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
