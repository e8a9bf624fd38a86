import assert from "node:assert/strict";
import type * as vscode from "vscode";
import type { Analyses, DocumentState } from "../../../../src/readings/analyses";
import { Throughput } from "../../../../src/views/panel/throughput";
import { NO_THROUGHPUT, withNews, type ThroughputNews } from "../../../../src/views/panel/throughputNews";
import { sampleAnalysis } from "../../analysis/export/sample";

describe("How fast documents were read", () => {
  const uri = { path: "/a.txt", toString: () => "file:///a.txt" } as unknown as vscode.Uri;
  const analysis = { ...sampleAnalysis(), peakRssMb: 900 };
  const settings = { model: "ponet-tiny", executionProvider: "cpu", segmentation: "sentence" } as const;
  const read = { id: 2, text: "One. Two. ", start: 0, version: 1, settings };
  let become: (next: Omit<DocumentState, "uri">) => void;
  let told: ThroughputNews[];
  let throughput: Throughput;

  beforeEach(() => {
    let state: DocumentState | undefined;
    let onDidChange: (uri: vscode.Uri) => void = () => undefined;
    const analyses = {
      get: () => state,
      onDidChange: (listener: typeof onDidChange) => {
        onDidChange = listener;
        return { dispose: () => undefined };
      },
    } as unknown as Analyses;
    become = (next) => {
      state = { uri, ...next };
      onDidChange(uri);
    };
    told = [];
    throughput = new Throughput(analyses, (news) => told.push(news));
    const running = { abort: new AbortController(), read, quiet: false, phase: "inferring" } as const;
    for (const rssMb of [700, 650]) {
      become({ running: { ...running, fraction: 0.5, tokensPerSecond: { inferring: 100 }, rssMb } });
    }
  });

  it("ends with the memory that the engine has by then; the most that it ever had is the run's", () => {
    become({ reading: { ...read, analysis } });
    const { samples, runs } = throughput.kept;
    assert.equal(samples.at(-2)?.rssMb, 650);
    assert.equal(runs[0]?.peakRssMb, 900);
  });

  it("is told as it becomes known: what was known before is not told again", () => {
    become({ reading: { ...read, analysis } });
    const news = told.map(({ samples, runs }) => [samples.length, runs.length]);
    assert.deepEqual(news, [
      [1, 0],
      [2, 1],
    ]);
    const [{ samples, runs }, { samples: last }] = [throughput.kept, told[1] ?? assert.fail()];
    assert.deepEqual(samples.slice(1), last);
    assert.equal(runs.length, 1);
    become({ reading: { ...read, analysis, stale: "The text has been edited." } });
    assert.equal(told.length, 2);
  });

  it("counts no run that was given up, which leaves the reading of before", () => {
    become({ reading: { ...read, id: 1, analysis } });
    assert.deepEqual(throughput.kept.runs, []);
    assert.equal(throughput.kept.samples.at(-1)?.infer, undefined);
  });

  it("is kept without what is too old", () => {
    let kept = NO_THROUGHPUT;
    for (let seconds = 0; seconds < 8000; seconds += 100) {
      const samples = Array.from({ length: 100 }, (_, i) => ({ seconds: seconds + i }));
      kept = withNews(kept, { samples, runs: [] });
    }
    const { samples } = kept;
    assert.deepEqual([samples.length, samples[0]?.seconds, samples.at(-1)?.seconds], [7200, 800, 7999]);
  });
});
