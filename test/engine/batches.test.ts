import assert from "node:assert/strict";
import { segment } from "../../src/document/segment";
import { tokenizeText } from "../../src/engine/document";
import { explain } from "../../src/engine/explain";
import { LeaveOneOut } from "../../src/engine/leaveOneOut";
import { logitsOf } from "../../src/engine/logits";
import { Meter } from "../../src/engine/meter";
import { loadModel, type LoadedModel } from "../../src/engine/model";
import { sequenceOf } from "../../src/engine/sequence";
import { documentsOf, type Sequence } from "../../src/ponet/sequence";
import { CheckpointFolders, KINDS, TINY } from "./checkpoints";
import { prose, RECORDS } from "./engine";

describe("documents that are computed together", () => {
  const folders = new CheckpointFolders();
  after(() => folders.removeAll());

  // Lengths that fall on, before and behind the chunks' bounds; one of a single word.
  const texts = ["Alone.", ...[3, 1, 12, 2].map((paragraphs) => prose(paragraphs)), "Two words."];

  function sequencesOf({ checkpoint }: LoadedModel): Sequence[] {
    return texts.map((text) => {
      const document = tokenizeText(text, "notes.txt", segment(text, "paragraph"), checkpoint.tokenizer);
      return sequenceOf(document, checkpoint.config);
    });
  }

  async function read(sequences: readonly Sequence[], model: LoadedModel): Promise<(readonly Float32Array[])[]> {
    const found = [];
    const control = { pause: () => Promise.resolve() };
    for await (const logits of logitsOf(sequences, model, control, () => undefined)) found.push(logits);
    return found;
  }

  for (const [kind, write] of Object.entries(KINDS)) {
    it(`have the logits that each has alone: ${kind}`, async () => {
      const model = await loadModel(
        await write(folders),
        { provider: "cpu", excluded: [], onTry: () => undefined },
        RECORDS,
      );
      const sequences = sequencesOf(model);
      const alone: (readonly Float32Array[])[] = [];
      for (const sequence of sequences) alone.push(...(await read([sequence], model)));
      for (const chunkRows of [100_000, 64, 1]) {
        const together = await read(sequences, { ...model, chunkRows });
        assert.equal(together.length, texts.length);
        alone.forEach((heads, d) => {
          heads.forEach((logits, h) => {
            logits.forEach((x, l) => {
              const other = together[d]?.[h]?.[l] ?? NaN;
              assert.ok(Math.abs(x - other) <= 1e-4, `document ${d}, ${chunkRows} rows: ${other}, expected ${x}`);
            });
          });
        });
      }
      await model.network.release();
    }).timeout(120_000);
  }

  it("have no logits where they have no tokens", async () => {
    const model = await loadModel(TINY, { provider: "cpu", excluded: [], onTry: () => undefined }, RECORDS);
    const [first, ...others] = sequencesOf(model);
    assert.ok(first);
    const none = {
      ids: first.ids.filter((id) => id === 101 || id === 102),
      segments: Int32Array.of(0, 1),
      segmentCount: 2,
    };
    const [heads] = await read([none, first, ...others], model);
    assert.ok(heads?.every((logits) => logits.every((x) => x === 0)));
    await model.network.release();
  });

  it("are all that is left of a document without each of the segments that are explained", async () => {
    const model = await loadModel(TINY, { provider: "cpu", excluded: [], onTry: () => undefined }, RECORDS);
    const text = prose(9);
    const document = tokenizeText(text, "notes.txt", segment(text, "paragraph"), model.checkpoint.tokenizer);
    const control = { meter: new Meter(() => undefined), pause: () => Promise.resolve() };
    const whole = await read([sequenceOf(document, model.checkpoint.config)], model);
    const { network } = model;
    const run = network.run.bind(network);
    const runs: number[] = [];
    network.run = (sequence, ...rest) => {
      runs.push(documentsOf(sequence).length);
      return run(sequence, ...rest);
    };
    await explain(
      [4, 0, 8],
      {
        text,
        segmentation: "paragraph",
        document,
        layers: [],
        logits: whole[0] ?? [],
        rests: new LeaveOneOut(document, model),
      },
      model,
      control,
    );
    assert.deepEqual(runs, [3]);
    await network.release();
  });
});
