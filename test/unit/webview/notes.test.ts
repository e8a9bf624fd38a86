import assert from "node:assert/strict";
import type { Analysis, ContributionKind, HeadAnalysis, ProviderTrial } from "../../../src/analysis/analysis";
import { contributionNote } from "../../../src/analysis/contributionNote";
import { trialNotes } from "../../../webview/panel/trialNotes";

describe("The sentence above the list of segments", () => {
  /** That of a document of so many segments. */
  function note(contributionKind: ContributionKind, segments: number): string {
    const head = { labels: ["neg", "pos"], logits: Float32Array.of(-1, 2.5), contributionKind };
    const analysis = { segmentTokens: new Uint32Array(segments), bounds: new Uint32Array(segments + 1) };
    return contributionNote(analysis as unknown as Analysis, head as unknown as HeadAnalysis, 1);
  }

  it("tells what each adds", () => {
    assert.equal(note("additive", 1200), "What each of 1,200 segments adds to pos; together, its logit of +2.50.");
    assert.equal(note("additive", 1), "What the one segment adds to pos: its logit of +2.50.");
  });

  it("tells what goes without each", () => {
    assert.equal(
      note("leave-one-out", 12),
      "What the logit of pos, +2.50, loses without each of 12 segments; those left out together share the loss by their tokens.",
    );
    assert.equal(note("leave-one-out", 1), "What the logit of pos, +2.50, loses without the one segment.");
  });
});

describe("The notes on the execution providers", () => {
  it("tell how much slower those were that do not run, and which cannot be used", () => {
    const trials: ProviderTrial[] = [
      { provider: "cpu-int8", tokensPerSecond: 1000 },
      { provider: "cpu", tokensPerSecond: 960 },
      { provider: "webgpu", adapter: "A Card", tokensPerSecond: 400 },
      { provider: "cuda", leftOut: "its libraries are missing" },
    ];
    assert.deepEqual(trialNotes(trials), [
      "CPU: as fast in a short trial.",
      "WebGPU on A Card: 2.5 times slower in a short trial.",
      "CUDA is not used: its libraries are missing.",
    ]);
    assert.deepEqual(trialNotes([]), []);
  });
});
