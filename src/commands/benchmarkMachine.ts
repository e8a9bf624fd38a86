import * as vscode from "vscode";
import { UserError } from "../errors";
import { openBenchmarkTab } from "../views/benchmarkTab";
import { cancellable } from "../views/cancellable";

/** One machine, one benchmark at a time. */
let isMeasuring = false;

/**
 * "PoNet: Benchmark This Machine": measures PoNet and what it is compared with on this machine's execution providers, in
 * processes of their own, and shows the figures in a tab.
 * @throws UserError while one is under way
 */
export async function benchmarkMachine(extensionFolder: vscode.Uri): Promise<void> {
  if (isMeasuring)
    throw new UserError("A benchmark is under way: two would measure each other, so wait for it or cancel it.");
  isMeasuring = true;
  try {
    await measure(extensionFolder);
  } finally {
    isMeasuring = false;
  }
}

async function measure(extensionFolder: vscode.Uri): Promise<void> {
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
  const report = await cancellable("Benchmarking this machine", (signal, tell) =>
    benchmark(plan, {
      signal,
      onProgress: (what, fraction) => {
        tell(fraction, what);
      },
    }),
  );
  if (report) openBenchmarkTab(extensionFolder, report);
}
