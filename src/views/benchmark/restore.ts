import * as vscode from "vscode";
import type { Notifier } from "../../editor/notifier";
import { fieldsOf } from "../messageFields";
import { BENCHMARK, BenchmarkTab } from "./benchmarkTab";

/** After a reload of the window, shows the figures in the tabs of benchmarks again, which their pages keep. */
export function restoreBenchmarks(extensionFolder: vscode.Uri, notifier: Notifier): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(BENCHMARK, {
    async deserializeWebviewPanel(tab: vscode.WebviewPanel, state: unknown): Promise<void> {
      // Loaded at the first use, with the schema it brings along: activation only registers.
      const { parseReport } = await import("../../benchmark/parseReport");
      const report = parseReport(fieldsOf(state).report);
      if (report) new BenchmarkTab(tab, extensionFolder, report, notifier);
      else tab.dispose();
    },
  });
}
