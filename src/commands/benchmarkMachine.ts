import * as vscode from "vscode";
import { CancelledError } from "../errors";
import { openBenchmarkTab } from "../views/benchmarkTab";

/**
 * "PoNet: Benchmark This Machine": measures PoNet and what it is compared with on this machine's execution providers, in
 * processes of their own, and shows the figures in a tab.
 */
export async function benchmarkMachine(extensionFolder: vscode.Uri): Promise<void> {
  // Loaded at the first use: activation only registers.
  const { benchmark, LENGTHS, ROUNDS } = await import("../benchmark/benchmark");
  const { entrants } = await import("../benchmark/entrants");
  const { gpuProviders } = await import("../engine/providers/candidates");
  const plan = {
    entrants: entrants(vscode.Uri.joinPath(extensionFolder, "dist", "benchmark.js").fsPath),
    providers: ["cpu", ...gpuProviders()] as const,
    lengths: LENGTHS,
    rounds: ROUNDS,
  };
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: "Benchmarking this machine",
    cancellable: true,
  };
  try {
    const report = await vscode.window.withProgress(options, (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => {
        abort.abort();
      });
      let reported = 0;
      return benchmark(plan, {
        signal: abort.signal,
        onProgress: (what, fraction) => {
          progress.report({ message: what, increment: (fraction - reported) * 100 });
          reported = fraction;
        },
      });
    });
    openBenchmarkTab(extensionFolder, report);
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
  }
}
