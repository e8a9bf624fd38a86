import * as vscode from "vscode";
import { markdown } from "../../benchmark/markdown";
import type { Report } from "../../benchmark/report";
import type { Notifier } from "../../editor/notifier";
import { loadPage } from "../loadPage";
import { exportFolder, saveExport } from "../saveExport";
import { parseFromBenchmark } from "./messages";
import type { FromBenchmark, ToBenchmark } from "./protocol";

/** The editor tab of one benchmark's figures. */
export class BenchmarkTab {
  private readonly tab: vscode.WebviewPanel;
  private isClosed = false;

  /** @param onClosed is called when the tab is closed */
  constructor(
    extensionFolder: vscode.Uri,
    private report: Report,
    private readonly notifier: Notifier,
    onClosed: () => void,
  ) {
    // It comes up minutes after the command: neither over what somebody is writing by then, nor with the focus.
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.tab = vscode.window.createWebviewPanel("ponet.benchmark", "PoNet: This Machine", place);
    this.tab.onDidDispose(() => {
      this.isClosed = true;
      onClosed();
    });
    loadPage(this.tab, extensionFolder, "benchmark", parseFromBenchmark, (request) => {
      this.handle(request);
    });
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
  if (target)
    await saveExport(target, new TextEncoder().encode(JSON.stringify(report, undefined, 2)), "Benchmark", notifier);
}
