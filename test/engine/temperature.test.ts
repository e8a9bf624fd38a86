import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { argmax } from "../../src/analysis/analysis";
import { scoresOf } from "../../src/analysis/scores";
import { documentVerdict, segmentVerdict } from "../../src/analysis/verdict";
import { CheckpointFolders, rewrite, TINY } from "./checkpoints";
import { analyze, createEngine, prose } from "./engine";

const HOT = { longest: 1024, atLongest: 4, byLength: 0.5, byDeviation: 0.25 };

describe("the temperature that a card names", () => {
  const engine = createEngine();
  const folders = new CheckpointFolders();
  after(() => {
    engine.dispose();
  });
  afterEach(() => folders.removeAll());

  async function hot(temperature: Readonly<Record<string, number>> = HOT): Promise<string> {
    const folder = await folders.empty();
    await cp(TINY, folder, { recursive: true });
    await rewrite(folder, "card.json", (bytes) => {
      const card = JSON.parse(bytes.toString()) as { heads: Record<string, object> };
      for (const head of Object.values(card.heads))
        Object.assign(head, { temperature, segmentTemperature: temperature });
      return JSON.stringify(card);
    });
    return folder;
  }

  it("turns a document's logits into scores, and those of a batch alike", async () => {
    const modelFolder = await hot();
    const [short, long] = [prose(1), prose(9)];
    const documents = [short, long].map((text, i) => ({ text, name: `${i}.txt` }));
    const together = await engine.classify(documents, { modelFolder, provider: "cpu", segmentation: "paragraph" });
    for (const [i, { text }] of documents.entries()) {
      const alone = await analyze(engine, text, { modelFolder });
      const batched = together[i];
      assert.ok(batched && "heads" in batched);
      for (const [h, { logits, scores }] of alone.heads.entries()) {
        assert.deepEqual(scores, scoresOf(logits, alone.tokens, HOT));
        batched.heads[h]?.scores.forEach((score, l) => {
          assert.ok(Math.abs(score - (scores[l] ?? NaN)) < 1e-4);
        });
      }
    }
  });

  it("makes segments less sure than the card without it does, of the same labels", async () => {
    const text = prose(9);
    const [cool, warm] = [await analyze(engine, text), await analyze(engine, text, { modelFolder: await hot() })];
    for (const [h, head] of warm.heads.entries()) {
      const before = cool.heads[h];
      assert.ok(before);
      assert.equal(argmax(head.scores), argmax(before.scores));
      assert.ok(documentVerdict(head).score < documentVerdict(before).score);
      for (let segment = 0; segment < 9; segment++) {
        const now = segmentVerdict(warm, head, segment);
        const then = segmentVerdict(cool, before, segment);
        assert.ok(now && then);
        assert.equal(now.label, then.label);
        assert.ok(now.score < then.score);
      }
    }
  });

  it("is refused where it is none", async () => {
    const modelFolder = await hot({ ...HOT, atLongest: 0 });
    await assert.rejects(
      analyze(engine, prose(1), { modelFolder }),
      /card\.json" is not a model card at "heads\..*atLongest/,
    );
  });
});
