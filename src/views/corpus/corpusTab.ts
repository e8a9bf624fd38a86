import * as vscode from "vscode";
import { isClassified, type Row } from "../../corpus/row";
import { columnOf } from "../../editor/columnOf";
import { loadPage } from "../loadPage";
import type { CorpusContext, CorpusRun } from "./corpusRun";
import { exportRows } from "./exportRows";
import { parseFromCorpus } from "./messages";
import type { FromCorpus, ToCorpus } from "./protocol";

/** Between two updates of the page, in milliseconds. */
const INTERVAL_MS = 250;

/** Rows in one message: what the host's event loop is held for a few milliseconds by. */
const ROWS_PER_MESSAGE = 2000;

/** The host end of the page of a folder's results: the page is told what is new while it is visible, and all when it loads. */
export class CorpusTab implements vscode.Disposable {
  private readonly subscriptions: readonly vscode.Disposable[];
  /** Whether the page is visible and has loaded. */
  private ready = false;
  /** The rows that the page was sent, and how many of them. */
  private held: { readonly rows: CorpusRun["rows"]; readonly count: number } | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly tab: vscode.WebviewPanel,
    extensionFolder: vscode.Uri,
    private readonly run: CorpusRun,
    private readonly context: Pick<CorpusContext, "showAnalysis" | "notifier">,
  ) {
    this.subscriptions = [
      loadPage(tab, extensionFolder, "corpus", parseFromCorpus, (request) => {
        this.handle(request);
      }),
      tab.onDidChangeViewState(() => {
        if (!tab.visible) this.ready = false;
        // A tab taken over after a reload may be called hidden for a moment, in which its page loads or lives on.
        else if (!this.ready) this.post({ type: "shown" });
      }),
      run.onDidChange(() => {
        this.timer ??= setTimeout(() => {
          this.update();
        }, INTERVAL_MS);
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** Sends the page what it does not hold, a message at a time. */
  private update(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.ready) return;
    const { rows } = this.run;
    const first = this.held?.rows === rows ? this.held.count : 0;
    const next = rows.slice(first, first + ROWS_PER_MESSAGE);
    if (next.length > 0 || this.held?.rows !== rows) this.post({ type: "rows", first, rows: next });
    this.held = { rows, count: first + next.length };
    this.post({ type: "status", status: this.run.status });
    if (this.held.count < rows.length) {
      this.timer = setTimeout(() => {
        this.update();
      });
    }
  }

  private post(message: ToCorpus): void {
    void this.tab.webview.postMessage(message);
  }

  private handle(request: FromCorpus): void {
    const { notifier } = this.context;
    switch (request.type) {
      case "ready":
        this.ready = true;
        this.held = undefined;
        this.update();
        return;
      case "cancel":
        this.run.cancel();
        return;
      case "run":
        void this.run.run();
        return;
      case "open": {
        const row = this.run.rows.find(({ path }) => path === request.path);
        // Of a file that is none of the folder's the page can say nothing.
        if (!row) return;
        void notifier.watch(`Opening "${row.path}"`, () => this.open(row, request.focus));
        return;
      }
      case "export":
        void notifier.watch("Exporting the rows", () => exportRows(this.run, request.format, notifier));
    }
  }

  /** Shows a row's file beside the rows, which stay in sight. */
  private async open(row: Row, focus: boolean): Promise<void> {
    const uri = vscode.Uri.file(row.path);
    const options = { viewColumn: columnOf(uri), preserveFocus: !focus, preview: !isClassified(row) };
    await vscode.commands.executeCommand("vscode.open", uri, options);
    if (isClassified(row)) await this.context.showAnalysis(uri);
  }
}
