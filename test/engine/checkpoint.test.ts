import assert from "node:assert/strict";
import { utimesSync } from "node:fs";
import { readFile, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { POOLING_STATISTICS, type Analysis, type HeadAnalysis } from "../../src/analysis/analysis";
import type { ClientRequest } from "../../src/engine/client";
import { loadModel } from "../../src/engine/model";
import { readCheckpoint } from "../../src/models/checkpoint";
import { readCard } from "../../src/models/readCard";
import { Safetensors } from "../../src/ponet/safetensors";
import { CheckpointFolders, PUBLIC_SIZES, TINY, writeByteCheckpoint, writePublicCheckpoint } from "./checkpoints";
import { analyze, createEngine, prose, RECORDS } from "./engine";
import { writeSafetensors, type StoredTensor } from "./weights";

function onlyHead({ heads }: Analysis): HeadAnalysis {
  const [head, ...others] = heads;
  assert.ok(head && others.length === 0);
  return head;
}

/** Whether each number of the maps is one, and each layer has a row for each segment. */
function assertMaps({ pooling, segmentTokens }: Analysis, layers: number): void {
  assert.equal(pooling.layers, layers);
  assert.equal(pooling.values.length, layers * segmentTokens.length * POOLING_STATISTICS.length);
  assert.ok(pooling.values.every((value) => Number.isFinite(value) && value >= 0));
  const smp = POOLING_STATISTICS.indexOf("smp");
  for (let layer = 0; layer < layers; layer++) {
    const rows = Array.from(segmentTokens.keys(), (k) => layer * segmentTokens.length + k);
    const sum = rows.reduce((total, row) => total + (pooling.values[row * POOLING_STATISTICS.length + smp] ?? NaN), 0);
    assert.ok(Math.abs(sum - 1) < 1e-4, `the segments hold ${sum} of the maxima of layer ${layer}`);
  }
}

describe("a checkpoint folder", () => {
  const engine = createEngine();
  const folders = new CheckpointFolders();
  after(() => {
    engine.dispose();
  });
  afterEach(() => folders.removeAll());

  /** Whether the contributions of segment `k` are what the logits lose without its text, and not nothing. */
  async function assertLeftOut(text: string, analysis: Analysis, k: number, request: Partial<ClientRequest>) {
    const { bounds } = analysis;
    const { contributions, contributionKind, logits } = onlyHead(analysis);
    assert.equal(contributionKind, "leave-one-out");
    const without = onlyHead(await analyze(engine, text.slice(0, bounds[k]) + text.slice(bounds[k + 1]), request));
    const ofSegment = contributions.subarray(k * logits.length, (k + 1) * logits.length);
    assert.ok(ofSegment.some((contribution) => Math.abs(contribution) > 1e-5));
    ofSegment.forEach((contribution, l) => {
      const lost = (logits[l] ?? NaN) - (without.logits[l] ?? NaN);
      assert.ok(Math.abs(contribution - lost) <= 1e-6 + 1e-4 * Math.abs(lost), `${contribution}, but ${lost} is lost`);
    });
  }

  it("may be a public one, whose [CLS] head is explained by leaving segments out", async () => {
    const modelFolder = await folders.empty();
    await writePublicCheckpoint(modelFolder, { d: 32, layers: 2 });
    const text = prose(5);
    const analysis = await analyze(engine, text, { modelFolder });
    assert.deepEqual(onlyHead(analysis).labels, ["dull", "lively", "odd"]);
    assertMaps(analysis, 2);
    await assertLeftOut(text, analysis, 2, { modelFolder });
    assert.equal((await analyze(engine, "Alone.", { modelFolder })).segmentTokens.length, 1);
  });

  it("has its heads in the order of its card, and those last that the card does not name", async () => {
    const modelFolder = await folders.copyOfTiny();
    const card = await readCard(TINY);
    const { topic, hyperpartisan } = card?.heads ?? {};
    const partial = { ...card, heads: { topic, hyperpartisan }, files: {} };
    await writeFile(path.join(modelFolder, "card.json"), JSON.stringify(partial));
    const { heads } = await readCheckpoint(modelFolder);
    assert.deepEqual(
      heads.map(({ name }) => name),
      ["topic", "hyperpartisan", "kind", "sentiment"],
    );
  });

  it("may be of the public checkpoint's full size", async () => {
    const modelFolder = await folders.empty();
    await writePublicCheckpoint(modelFolder, PUBLIC_SIZES);
    const text = "The court granted the motion.\n\nStir the onions into the butter.\n\nShe thought of the letter.";
    const analysis = await analyze(engine, text, { modelFolder });
    assertMaps(analysis, 12);
    await assertLeftOut(text, analysis, 1, { modelFolder });
  }).timeout(240_000);

  for (const half of [false, true]) {
    it(`that is written anew while it is loaded is refused${half ? ", not called broken" : ""}`, async () => {
      const folder = await folders.copyOfTiny();
      const file = path.join(folder, "model.safetensors");
      if (half) await truncate(file, 1_000_000);
      let seconds = 0;
      const writing = setInterval(() => {
        utimesSync(file, ++seconds, seconds);
      });
      const loading = loadModel(folder, { provider: "cpu", excluded: [], onTry: () => undefined }, RECORDS);
      await assert.rejects(loading, /was written anew while it was loaded: try again\.$/).finally(() => {
        clearInterval(writing);
      });
    });
  }

  it("may be of a model that reads bytes, without [CLS] and [SEP]", async () => {
    const modelFolder = await folders.empty();
    await writeByteCheckpoint(modelFolder, { d: 32, layers: 2 });
    const text = "Zwei Straßen weiter, 日本語 und 😀.\n\nA lone \ud83d surrogate, naïve.\r\n\r\n終わり。";
    const analysis = await analyze(engine, text, { modelFolder });
    assert.deepEqual(onlyHead(analysis).labels, ["neg", "pos"]);
    const bytes = (start: number, end: number) => new TextEncoder().encode(text.slice(start, end)).length;
    const { bounds, segmentTokens, tokens } = analysis;
    assert.equal(tokens, bytes(0, text.length));
    assert.deepEqual([...bounds], [0, text.indexOf("A lone"), text.indexOf("終"), text.length]);
    assert.deepEqual(
      segmentTokens,
      segmentTokens.map((_, k) => bytes(bounds[k] ?? 0, bounds[k + 1] ?? 0)),
    );
    assertMaps(analysis, 2);
    await assertLeftOut(text, analysis, 1, { modelFolder });
    assert.equal((await analyze(engine, "é", { modelFolder })).tokens, 2);
  });

  it("has the same logits with its int8 matrices as with the float32 that they stand for", async () => {
    const modelFolder = await folders.copyOfTiny();
    const file = path.join(modelFolder, "model.safetensors");
    const weights = Safetensors.parse(await readFile(file), file);
    const names = weights.names.filter((name) => !name.endsWith("_scale"));
    assert.notEqual(names.length, weights.names.length);
    const tensors = names.map((name): [string, StoredTensor] => {
      const { shape, data } = weights.tensor(name);
      return [name, { dtype: "F32", shape, values: data }];
    });
    await writeSafetensors(file, new Map(tensors));

    const text = prose(20);
    const bundled = await analyze(engine, text);
    const { heads } = await analyze(engine, text, { modelFolder });
    for (const [h, head] of bundled.heads.entries()) {
      const other = heads.find(({ name }) => name === head.name);
      assert.ok(other, `heads[${h}]`);
      head.logits.forEach((logit, l) => {
        const difference = Math.abs(logit - (other.logits[l] ?? NaN));
        assert.ok(difference < 1e-5, `${head.name}[${l}] is ${difference} off`);
      });
    }
  });
});
