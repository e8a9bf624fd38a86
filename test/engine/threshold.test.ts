import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { documentVerdict, segmentVerdict } from "../../src/analysis/verdict";
import { copyWithThreshold } from "../harness/threshold";
import { CheckpointFolders, TINY, writePublicCheckpoint } from "./checkpoints";
import { analyze, createEngine, prose } from "./engine";

describe("the threshold that a card names", () => {
  const engine = createEngine();
  const folders = new CheckpointFolders();
  after(() => {
    engine.dispose();
  });
  afterEach(() => folders.removeAll());

  for (const [threshold, sure] of [
    [1, false],
    [0, true],
  ] as const) {
    it(`of ${threshold} leaves every head ${sure ? "sure" : "not sure"}`, async () => {
      const folder = await folders.empty();
      copyWithThreshold(TINY, folder, threshold);
      const analysis = await analyze(engine, prose(3), { modelFolder: folder });
      assert.equal(analysis.heads.length, 4);
      for (const head of analysis.heads) {
        assert.equal(head.threshold, threshold);
        assert.equal(documentVerdict(head).sure, sure);
        assert.equal(segmentVerdict(analysis, head, 1)?.sure, sure);
      }
    });
  }

  it("counts for a [CLS] head too", async () => {
    const folder = await folders.empty();
    await writePublicCheckpoint(folder, { d: 32, layers: 2 });
    const classifier = { labels: ["dull", "lively", "odd"], threshold: 1 };
    const card = { description: "Random", licence: "MIT", heads: { classifier }, files: {} };
    await writeFile(path.join(folder, "card.json"), JSON.stringify(card));
    const [head] = (await analyze(engine, prose(3), { modelFolder: folder })).heads;
    assert.ok(head);
    assert.equal(head.threshold, 1);
    assert.equal(documentVerdict(head).sure, false);
  });

  it("is not made up: a checkpoint without a card has none, and its heads are sure", async () => {
    const { heads } = await analyze(engine, prose(3), { modelFolder: await folders.copyOfTiny() });
    for (const head of heads) {
      assert.equal(head.threshold, undefined);
      assert.equal(documentVerdict(head).sure, true);
    }
  });
});
