import * as vscode from "vscode";
import { markdown } from "../../benchmark/markdown";
import type { Report } from "../../benchmark/report";
import type { Notifier } from "../../editor/notifier";
import { loadPage } from "../loadPage";
import { exportFolder, saveExport } from "../saveExport";
import { parseFromBenchmark } from "./messages";
import type { FromBenchmark, ToBenchmark } from "./protocol";

/** The type of the editor tabs. */
export const BENCHMARK = "ponet.benchmark";

/**
 * Opens an editor tab for a benchmark's figures. It comes up minutes after the command: neither over what somebody is writing
 * by then, nor with the focus.
 */
export function openBenchmark(extensionFolder: vscode.Uri, report: Report, notifier: Notifier): BenchmarkTab {
  const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
  const tab = vscode.window.createWebviewPanel(BENCHMARK, "PoNet: This Machine", place);
  return new BenchmarkTab(tab, extensionFolder, report, notifier);
}

/** One benchmark's figures in an editor tab. */
export class BenchmarkTab {
  private isClosed = false;

  constructor(
    private readonly tab: vscode.WebviewPanel,
    extensionFolder: vscode.Uri,
    private report: Report,
    private readonly notifier: Notifier,
  ) {
    tab.onDidDispose(() => {
      this.isClosed = true;
    });
    loadPage(tab, extensionFolder, "benchmark", parseFromBenchmark, (request) => {
      this.handle(request);
    });
  }

  /** Fires when the tab is closed. */
  get onDidClose(): vscode.Event<void> {
    return this.tab.onDidDispose;
  }

  /** Shows a report in place of the one before. */
  show(report: Report): void {
    this.report = report;
    void this.tab.webview.postMessage({ type: "report", report } satisfies ToBenchmark);
  }

  /** Tells that all has been measured, where the tab is not in sight. */
  tellEnd(): void {
    if (this.isClosed || this.tab.visible) return;
    this.notifier.information("This machine has been benchmarked.", {
      title: "Show",
      run: () => {
        if (!this.isClosed) this.tab.reveal();
      },
    });
  }

  private handle({ type }: FromBenchmark): void {
    switch (type) {
      // Also after the page was hidden, when it knows nothing any more.
      case "ready":
        this.show(this.report);
        return;
      case "copy":
        void this.notifier.watch("Copying the tables", () => copyTables(this.report, this.notifier));
        return;
      case "export":
        void this.notifier.watch("Exporting the benchmark", () => exportReport(this.report, this.notifier));
    }
  }
}

async function copyTables(report: Report, notifier: Notifier): Promise<void> {
  await vscode.env.clipboard.writeText(`${markdown(report)}\n`);
  notifier.information("The benchmark's tables have been copied as Markdown.");
}

/** Asks where to, and writes every time measured there. @throws UserError as {@link saveExport}. */
async function exportReport(report: Report, notifier: Notifier): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    title: "Export Benchmark",
    defaultUri: vscode.Uri.joinPath(exportFolder(), "ponet-benchmark.json"),
    filters: { JSON: ["json"] },
  });
  if (target) await saveExport(target, [JSON.stringify(report, undefined, 2)], "Benchmark", notifier);
}
