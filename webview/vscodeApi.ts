import type { FromBenchmark } from "../src/views/benchmark/protocol";
import type { FromComparison } from "../src/views/comparison/protocol";
import type { FromCorpus } from "../src/views/corpus/protocol";
import type { FromPanel } from "../src/views/panel/protocol";

declare function acquireVsCodeApi(): {
  postMessage(message: FromPanel | FromCorpus | FromComparison | FromBenchmark): void;
  getState(): unknown;
  setState(state: unknown): void;
};

/** The editor that shows this page; it may be acquired only once. */
export const vscode = acquireVsCodeApi();
