import assert from "node:assert/strict";
import type * as vscode from "vscode";
import type { Analyses, DocumentState } from "../../../../src/readings/analyses";
import { Throughput } from "../../../../src/views/panel/throughput";
import { sampleAnalysis } from "../../analysis/export/sample";

describe("How fast documents were read", () => {
  it("ends with the memory that the engine has by then; the most that it ever had is the run's", () => {
    const uri = { path: "/a.txt", toString: () => "file:///a.txt" } as unknown as vscode.Uri;
    let state: DocumentState | undefined;
    let onDidChange: (uri: vscode.Uri) => void = () => undefined;
    const throughput = new Throughput({
      get: () => state,
      onDidChange: (listener: typeof onDidChange) => {
        onDidChange = listener;
        return { dispose: () => undefined };
      },
    } as unknown as Analyses);
    const become = (next: Omit<DocumentState, "uri">) => {
      state = { uri, ...next };
      onDidChange(uri);
    };
    const analysis = { ...sampleAnalysis(), peakRssMb: 900 };
    const settings = { model: "ponet-tiny", executionProvider: "cpu", segmentation: "sentence" } as const;
    const read = { id: 1, text: "One. Two. ", start: 0, version: 1, settings };
    const running = { abort: new AbortController(), read, quiet: false, phase: "inferring" } as const;
    for (const rssMb of [700, 650]) {
      become({ running: { ...running, fraction: 0.5, tokensPerSecond: { inferring: 100 }, rssMb } });
    }
    become({ reading: { ...read, analysis } });
    const { samples, runs } = throughput.since(0, 0);
    assert.equal(samples.at(-2)?.rssMb, 650);
    assert.equal(runs[0]?.peakRssMb, 900);
    throughput.dispose();
  });
});
