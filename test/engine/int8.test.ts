import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { readCheckpoint } from "../../src/models/checkpoint";
import { analyze as analyzeText } from "../../src/engine/analyze";
import { explain } from "../../src/engine/explain";
import { Meter } from "../../src/engine/meter";
import { loadModel } from "../../src/engine/model";
import { agree, testOutputs } from "../../src/engine/providers/selfTest";
import type { Phase, Progress } from "../../src/engine/protocol";
import type { Weights } from "../../src/ponet/blocks";
import { PoNet, type Parts } from "../../src/ponet/ponet";
import { documentsOf } from "../../src/ponet/sequence";
import { ROOT } from "../harness/environment";
import { CheckpointFolders, KINDS, TINY, writePublicCheckpoint } from "./checkpoints";
import { analyze, createEngine, prose, RECORDS } from "./engine";

const BUNDLED = readdirSync(path.join(ROOT, "models")).filter((name) => name.startsWith("ponet-"));

describe("int8 on the CPU", () => {
  const engines = { exact: createEngine(), int8: createEngine() };
  const folders = new CheckpointFolders();
  after(async () => {
    engines.exact.dispose();
    engines.int8.dispose();
    await folders.removeAll();
  });
  const text = prose(60);

  it("scores what float32 scores, to two hundredths, and its contributions add up to its own logits", async () => {
    const exact = await analyze(engines.exact, text);
    const int8 = await analyze(engines.int8, text, { provider: "cpu-int8" });
    assert.equal(int8.provider, "cpu-int8");
    for (const [h, { name, scores, logits, contributions, labels }] of int8.heads.entries()) {
      assert.notDeepEqual(logits, exact.heads[h]?.logits, `${name} is float32's`);
      scores.forEach((score, l) => {
        const expected = exact.heads[h]?.scores[l] ?? NaN;
        assert.ok(Math.abs(score - expected) < 0.02, `${name} ${labels[l] ?? ""}: ${score}, in float32 ${expected}`);
      });
      logits.forEach((logit, l) => {
        let sum = 0;
        for (let i = l; i < contributions.length; i += labels.length) sum += contributions[i] ?? 0;
        assert.ok(Math.abs(sum - logit) < 1e-4, `${name} ${labels[l] ?? ""}: ${sum} adds up to ${logit}`);
      });
    }
  });

  it("explains a segment in float32, where its rounding would show", async () => {
    const request = { text, name: "notes.txt", modelFolder: TINY, segmentation: "paragraph" } as const;
    const exact = await engines.exact.explain({ ...request, provider: "cpu" }, [3]);
    const int8 = await engines.int8.explain({ ...request, provider: "cpu-int8" }, [3]);
    for (const [h, { lost }] of int8.heads.entries()) {
      lost.forEach((effect, i) => {
        assert.ok(Math.abs(effect - (exact.heads[h]?.lost[i] ?? NaN)) < 1e-5);
      });
    }
  });

  it("analyses what a segment does for a head that reads [CLS] in float32 too", async () => {
    const modelFolder = await folders.empty();
    await writePublicCheckpoint(modelFolder, { d: 64, layers: 2 });
    const [exact] = (await analyze(engines.exact, text, { modelFolder })).heads;
    const phases: Phase[] = [];
    const onProgress = ({ phase }: Progress) => phases.at(-1) !== phase && phases.push(phase);
    const [int8] = (await analyze(engines.int8, text, { modelFolder, provider: "cpu-int8" }, { onProgress })).heads;
    assert.ok(exact && int8);
    // To load the float32 network is no part of leaving segments out.
    assert.deepEqual(phases.slice(-3), ["inferring", "loading", "leavingOut"]);
    assert.notDeepEqual(int8.logits, exact.logits);
    int8.contributions.forEach((contribution, i) => {
      assert.ok(Math.abs(contribution - (exact.contributions[i] ?? NaN)) < 1e-5);
    });
  });

  for (const [kind, readings] of Object.entries({ "mean heads": [2, 2], "a [CLS] head": [4, 1, 2] })) {
    it(`reads a document whole in float32 once, however often it is asked about it: ${kind}`, async () => {
      const modelFolder = (await KINDS[kind]?.(folders)) ?? "";
      const options = { provider: "cpu-int8", excluded: [], onTry: () => undefined } as const;
      const model = await loadModel(modelFolder, options, RECORDS);
      const exact = await model.exact?.();
      assert.ok(exact);
      const run = exact.run.bind(exact);
      const read: number[] = [];
      exact.run = (sequence, ...rest) => {
        read.push(documentsOf(sequence).length);
        return run(sequence, ...rest);
      };
      const control = { meter: new Meter(() => undefined), pause: () => Promise.resolve() };
      const request = {
        text: prose(3),
        name: "notes.txt",
        modelFolder,
        ...options,
        segmentation: "paragraph",
      } as const;
      const found = await analyzeText({ ...request, excludedProviders: [] }, model, control, { leavesOut: true });
      for (const segments of [[1], [0, 2]]) await explain(segments, found.read, model, control);
      assert.deepEqual(read, readings);
      await exact.release();
      await model.network.release();
    });
  }

  const outputs = async (checkpoint: Parts, provider: "cpu" | "cpu-int8") => {
    const network = await PoNet.load(checkpoint, provider);
    const found = await testOutputs(checkpoint.config, network);
    await network.release();
    return found;
  };

  for (const model of BUNDLED) {
    it(`passes its test with ${model}`, async () => {
      const checkpoint = await readCheckpoint(path.join(ROOT, "models", model));
      const expected = await outputs(checkpoint, "cpu");
      assert.ok(agree(expected, await outputs(checkpoint, "cpu-int8"), "cpu-int8"));
    });
  }

  it("does not pass its test with a few wrong products", async () => {
    const checkpoint = await readCheckpoint(TINY);
    const { weights } = checkpoint;
    const expected = await outputs(checkpoint, "cpu");
    const saturated: Weights = {
      read: (name: string, shape: readonly number[]) => {
        const values = weights.read(name, shape);
        return name.endsWith("intermediate.dense.weight")
          ? values.map((x) => Math.max(-0.1, Math.min(0.1, x)))
          : values;
      },
    };
    assert.ok(!agree(expected, await outputs({ ...checkpoint, weights: saturated }, "cpu-int8"), "cpu-int8"));
  });
});
