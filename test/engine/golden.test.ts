import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { MeanHead } from "../../src/analysis/meanHead";
import { SegmentSums } from "../../src/analysis/segmentSums";
import { leadOf } from "../../src/engine/sequence";
import { readCheckpoint, type Checkpoint } from "../../src/models/checkpoint";
import { logitsName } from "../../src/ponet/graphs";
import { PoNet } from "../../src/ponet/ponet";
import { rowsOf } from "../../src/ponet/step";
import { ROOT } from "../harness/environment";
import { MODELS } from "./checkpoints";

interface Golden {
  readonly input_ids: number[];
  readonly segment_ids: number[];
  readonly logits: Record<string, number[]>;
}

for (const id of ["ponet-lra-text", "ponet-small", "ponet-tiny"])
  describe(id, () => {
    let checkpoint: Checkpoint;
    let network: PoNet;
    let golden: Golden[];
    before(async () => {
      checkpoint = await readCheckpoint(path.join(MODELS, id));
      network = await PoNet.load(checkpoint, "cpu");
      golden = JSON.parse(await readFile(path.join(ROOT, "test/fixtures/golden", `${id}.json`), "utf8")) as Golden[];
    });
    after(() => network.release());

    /** The document's logits, by head. */
    async function logits(
      { input_ids, segment_ids }: Golden,
      chunkRows: number,
    ): Promise<Record<string, Float32Array>> {
      const { config, heads } = checkpoint;
      const lead = leadOf(config);
      const words = new SegmentSums(Uint32Array.of(0, input_ids.length - 2 * lead));
      const readers = heads.map((head) => ({ head, reader: new MeanHead(words, head.labels) }));
      const sequence = {
        ids: Int32Array.from(input_ids),
        segments: Int32Array.from(segment_ids),
        segmentCount: Math.max(...segment_ids) + 1,
      };
      for await (const step of network.run(sequence, chunkRows)) {
        if (step.kind !== "computed" || step.layer + 1 < config.layers) continue;
        for (const { head, reader } of readers) reader.add(rowsOf(step, logitsName(head)), step.chunk.start - lead);
      }
      return Object.fromEntries(readers.map(({ head, reader }) => [head.name, reader.finish(1).logits]));
    }

    for (const chunkRows of [100_000, 50]) {
      it(`computes what the recipe's PyTorch model computes, by at most ${chunkRows} tokens at a time`, async () => {
        assert.ok(golden.length >= 5 && golden.some(({ input_ids }) => input_ids.length > 100));
        for (const one of golden) {
          const actual = await logits(one, chunkRows);
          assert.deepEqual(Object.keys(actual).sort(), Object.keys(one.logits).sort());
          for (const [head, values] of Object.entries(one.logits)) {
            values.forEach((value, i) => {
              const other = actual[head]?.[i] ?? NaN;
              assert.ok(Math.abs(other - value) <= 1e-4, `${head}[${i}]: ${other}, expected ${value}`);
            });
          }
        }
      });
    }
  });
