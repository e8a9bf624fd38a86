import assert from "node:assert/strict";
import type { Analysis } from "../../src/analysis/analysis";
import { SEGMENTATIONS, type Segmentation } from "../../src/document/segmentations";
import { analyze } from "../../src/engine/analyze";
import { Meter } from "../../src/engine/meter";
import { loadModel, type LoadedModel } from "../../src/engine/model";
import type { ReadDocument } from "../../src/engine/readDocument";
import { leadOf, sequenceOf } from "../../src/engine/sequence";
import { tokenDetails } from "../../src/engine/tokenDetails";
import { logitsName } from "../../src/ponet/graphs";
import { meanOverHeads } from "../../src/ponet/maps";
import { rowsOf } from "../../src/ponet/step";
import { CheckpointFolders, KINDS } from "./checkpoints";
import { analyzeHere, prose, RECORDS } from "./engine";

const WHOLE = 1_000_000;

describe("a document that is computed a chunk at a time", () => {
  const folders = new CheckpointFolders();
  after(() => folders.removeAll());

  const read = (model: LoadedModel, chunkRows: number, segmentation: Segmentation): Promise<Analysis> =>
    analyzeHere(prose(3), { ...model, chunkRows }, segmentation);

  /** Every figure of an analysis. */
  const figures = ({ heads, pooling }: Analysis) => [
    ...heads.flatMap((head) => [head.logits, head.scores, head.contributions]),
    pooling.values,
  ];

  for (const [kind, write] of Object.entries(KINDS)) {
    it(`is what it is computed whole: ${kind}`, async () => {
      const model = await loadModel(
        await write(folders),
        { provider: "cpu", excluded: [], onTry: () => undefined },
        RECORDS,
      );
      for (const segmentation of SEGMENTATIONS) {
        const whole = await read(model, WHOLE, segmentation);
        for (const chunkRows of [97, 16]) {
          const chunked = figures(await read(model, chunkRows, segmentation));
          figures(whole).forEach((values, i) => {
            assert.ok(values.length > 0);
            values.forEach((x, j) => {
              const other = chunked[i]?.[j] ?? NaN;
              const close = Math.abs(x - other) <= 1e-4 * Math.max(1, Math.abs(x));
              assert.ok(close, `${segmentation}, ${chunkRows} rows: ${other}, expected ${x}`);
            });
          });
        }
      }
      await model.network.release();
    }).timeout(120_000);
  }

  /** By tensor what a run over the whole document has of its tokens: each layer's attention, [N], and each mean head's logits. */
  async function tokensOfWhole({ document }: ReadDocument, { checkpoint, network }: LoadedModel) {
    const { config, heads } = checkpoint;
    const lead = leadOf(config);
    const found = new Map<string, Float32Array>();
    for await (const step of network.run(sequenceOf(document, config), WHOLE)) {
      if (step.kind !== "computed") continue;
      found.set(`attention ${step.layer}`, meanOverHeads(step.attention, config.heads).subarray(lead));
      if (step.layer + 1 < config.layers) continue;
      for (const head of heads) {
        if (head.kind === "mean") found.set(head.name, rowsOf(step, logitsName(head)).slice(lead * head.labels));
      }
    }
    return found;
  }

  const [first = "", ...others] = [0, 1, 2, 3].map(
    (n) => `${prose(2 + n).replaceAll("\n\n", " ")} [SEP] It ends so, ${n}.`,
  );
  // Long ones beside long ones, and short ones beside short ones and long ones; in one of those the words of special tokens.
  const unlike = [first, ...others, "So.", "A [CLS] b.", "Or so?", prose(1), "Yes.", "No."].join("\n\n");

  for (const [kind, write] of Object.entries(KINDS)) {
    it(`has the same tokens where no more of it is read than they depend on: ${kind}`, async () => {
      const model = await loadModel(
        await write(folders),
        { provider: "cpu", excluded: [], onTry: () => undefined },
        RECORDS,
      );
      const { network, checkpoint } = model;
      const run = network.run.bind(network);
      let rows = 0;
      network.run = (sequence, ...rest) => {
        rows = sequence.ids.length;
        return run(sequence, ...rest);
      };
      const request = {
        text: unlike,
        name: "notes.txt",
        modelFolder: "",
        provider: "cpu",
        segmentation: "paragraph",
      } as const;
      const control = { meter: new Meter(() => undefined), pause: () => Promise.resolve() };
      const { read } = await analyze({ ...request, excludedProviders: [] }, model, control);
      const whole = await tokensOfWhole(read, model);
      const { tokenBounds } = read.document;
      for (const chunkRows of [WHOLE, 16]) {
        for (const segment of tokenBounds.subarray(0, -1).keys()) {
          const { layers, attention, heads, starts } = await tokenDetails(
            segment,
            read,
            { ...model, chunkRows },
            control,
          );
          const tokens = starts.length;
          if (segment === 1) assert.equal(rows, tokens + 2 * layers);
          const compare = (name: string, values: Float32Array, width: number) => {
            const all = whole.get(name) ?? new Float32Array();
            const largest = all.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
            values.forEach((x, i) => {
              const expected = all[(tokenBounds[segment] ?? 0) * width + i] ?? NaN;
              const close = Math.abs(x - expected) <= 1e-5 * largest;
              assert.ok(close, `${name} of segment ${segment}, ${chunkRows} rows: ${x}, expected ${expected}`);
            });
          };
          for (let layer = 0; layer < layers; layer++) {
            compare(`attention ${layer}`, attention.subarray(layer * tokens, (layer + 1) * tokens), 1);
          }
          for (const { name, labels, contributions } of heads) {
            const logits = contributions.map((x) => x * read.document.ids.length);
            compare(name, logits, labels.length);
          }
        }
      }
      assert.equal(
        whole.size,
        checkpoint.config.layers + checkpoint.heads.filter(({ kind }) => kind === "mean").length,
      );
      await network.release();
    }).timeout(120_000);
  }
});
