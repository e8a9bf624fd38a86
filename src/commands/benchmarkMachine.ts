import * as vscode from "vscode";
import type { Report } from "../benchmark/report";
import { cancellable } from "../editor/cancellable";
import type { Notifier } from "../editor/notifier";
import { PreconditionError } from "../errors";
import { openBenchmark, type BenchmarkTab } from "../views/benchmark/benchmarkTab";

/** One window, one benchmark at a time. */
let isMeasuring = false;

/**
 * "PoNet: Benchmark This Machine": measures PoNet and what it is compared with on this machine's execution providers, in
 * processes of their own, and shows the figures in a tab, a length after the other. What was measured before a Cancel stays
 * there; closing the tab cancels, too.
 * @throws PreconditionError while one is under way
 */
export async function benchmarkMachine(extensionFolder: vscode.Uri, notifier: Notifier): Promise<void> {
  if (isMeasuring)
    throw new PreconditionError("A benchmark is under way: two would measure each other, so wait for it or cancel it.");
  isMeasuring = true;
  try {
    await measure(extensionFolder, notifier);
  } finally {
    isMeasuring = false;
  }
}

async function measure(extensionFolder: vscode.Uri, notifier: Notifier): Promise<void> {
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
  const abort = new AbortController();
  let tab: BenchmarkTab | undefined;
  const show = (report: Report): BenchmarkTab => {
    if (tab) tab.show(report);
    else {
      tab = openBenchmark(extensionFolder, report, notifier);
      tab.onDidClose(() => {
        abort.abort();
      });
    }
    return tab;
  };
  const report = await cancellable(
    "Benchmarking this machine",
    (signal, tell) =>
      benchmark(plan, {
        signal,
        onProgress: (what, fraction) => {
          tell(fraction, what);
        },
        onReport: show,
      }),
    abort,
  );
  // Where nothing could be measured, the page says why.
  if (report) show(report).tellEnd();
}
