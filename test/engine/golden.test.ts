import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { MeanHead } from "../../src/analysis/meanHead";
import { SegmentSums } from "../../src/analysis/segmentSums";
import { readCheckpoint, type Checkpoint } from "../../src/models/checkpoint";
import { window } from "../../src/engine/windows";
import { readFixtures } from "../../src/parity/fixtures";
import { classifierGraph, logitsOf, statisticsOf } from "../../src/ponet/classifier";
import { findHeads } from "../../src/ponet/heads";
import type { Batch } from "../../src/ponet/inputs";
import { Session } from "../../src/ponet/session";
import { ROOT } from "../harness/environment";
import { TINY } from "./checkpoints";

interface Golden {
  readonly input_ids: number[];
  readonly segment_ids: number[];
  readonly logits: Record<string, number[]>;
}

describe("the bundled model's graph", () => {
  let checkpoint: Checkpoint;
  let session: Session;
  let golden: Golden[];
  before(async () => {
    checkpoint = await readCheckpoint(TINY);
    const { config, weights, heads } = checkpoint;
    session = await Session.create(config, classifierGraph(config, weights, heads), "cpu");
    golden = JSON.parse(await readFile(path.join(ROOT, "test/fixtures/golden/ponet-tiny.json"), "utf8")) as Golden[];
  });
  after(() => session.release());

  /** Document logits of each sequence of a batch, by head. */
  async function logits(batch: Batch, lengths: readonly number[]): Promise<Record<string, number[]>[]> {
    const outputs = await session.run(batch);
    return lengths.map((length, row) =>
      Object.fromEntries(
        checkpoint.heads.map((head) => {
          const reader = new MeanHead(head.name, head.labelNames, new SegmentSums(Uint32Array.of(0, length - 2)));
          const rows = logitsOf(outputs, head).subarray(row * batch.length * head.labels);
          reader.add(rows, { start: 0, end: length - 2, firstSegment: 0 });
          return [head.name, [...reader.result().logits]];
        }),
      ),
    );
  }

  const single = ({ input_ids, segment_ids }: Golden): Batch => ({
    batch: 1,
    length: input_ids.length,
    ids: Int32Array.from(input_ids),
    segmentIds: segment_ids,
  });

  function assertClose(actual: Record<string, number[]>, expected: Record<string, number[]>, tolerance: number): void {
    assert.deepEqual(Object.keys(actual).sort(), Object.keys(expected).sort());
    for (const [head, values] of Object.entries(expected)) {
      values.forEach((value, i) => {
        const other = actual[head]?.[i] ?? NaN;
        assert.ok(Math.abs(other - value) <= tolerance, `${head}[${i}]: ${other}, expected ${value}`);
      });
    }
  }

  it("computes what the recipe's PyTorch model computes", async () => {
    assert.ok(golden.length >= 5);
    for (const one of golden) {
      const [actual] = await logits(single(one), [one.input_ids.length]);
      assertClose(actual ?? {}, one.logits, 1e-4);
    }
  });

  it("brings no token vectors back: per token, less than d numbers in every output", async () => {
    const [longest] = [...golden].sort((a, b) => b.input_ids.length - a.input_ids.length);
    assert.ok(longest);
    const { config } = checkpoint;
    for (const [name, values] of await session.run(single(longest))) {
      assert.ok(values.length < longest.input_ids.length * config.hiddenSize, name);
    }
  });

  it("is changed by neither padding nor batch size", async () => {
    const lengths = golden.map(({ input_ids }) => input_ids.length);
    const length = Math.max(...lengths) + 7;
    const pad = (values: number[], filling: number) => [
      ...values,
      ...Array.from({ length: length - values.length }, () => filling),
    ];
    const batch: Batch = {
      batch: golden.length,
      length,
      ids: Int32Array.from(golden.flatMap(({ input_ids }) => pad(input_ids, 0))),
      segmentIds: golden.flatMap(({ segment_ids }) => pad(segment_ids, 99_999)),
      mask: golden.flatMap(({ input_ids }) =>
        pad(
          input_ids.map(() => 1),
          0,
        ),
      ),
    };
    const together = await logits(batch, lengths);
    for (const [i, one] of golden.entries()) {
      const [alone] = await logits(single(one), [one.input_ids.length]);
      assertClose(together[i] ?? {}, alone ?? {}, 1e-5);
    }
  });
});

describe("a pass of a model without special tokens", () => {
  it("computes what the authors' Long Range Arena code computes, though padding stands at both ends", async () => {
    const fixtures = await readFixtures(path.join(ROOT, "test/fixtures/parity"));
    const { config, weights, cases } = fixtures.find(({ name }) => name === "lra_text_cases") ?? assert.fail();
    // The one case without padding: with it, the authors' mean is over the padded length.
    const { batch, expected } = cases.find(({ name }) => name === "L3") ?? assert.fail();
    assert.ok(batch.batch === 1 && Array.from(batch.mask ?? []).every((real) => real === 1));
    const [head, ...others] = findHeads(weights);
    assert.ok(head?.kind === "arena" && others.length === 0);
    const session = await Session.create(config, classifierGraph(config, weights, [head]), "cpu");
    const segments = Uint32Array.from({ length: batch.length + 1 }, (_, k) => k);
    const document = { ids: batch.ids, bounds: segments, tokenBounds: segments };
    const outputs = await session.run(window(document, config, 0, batch.length).batch);
    await session.release();
    const golden = expected.get("out.logits")?.data ?? assert.fail();
    logitsOf(outputs, head).forEach((logit, l) => {
      assert.ok(Math.abs(logit - (golden[l] ?? NaN)) <= 1e-5, `${logit}, expected ${golden[l]}`);
    });
    const { attention, segmentShare } = statisticsOf(outputs, 0, config);
    assert.equal(segmentShare.length, batch.length);
    assert.deepEqual([attention.length, attention[0], attention.at(-1)], [batch.length + 2, 0, 0]);
  });
});
