import assert from "node:assert/strict";
import type { Analysis } from "../../src/analysis/analysis";
import { SEGMENTATIONS, type Segmentation } from "../../src/document/segmentations";
import { analyze } from "../../src/engine/analyze";
import { Meter } from "../../src/engine/meter";
import { loadModel, type LoadedModel } from "../../src/engine/model";
import { CheckpointFolders, KINDS } from "./checkpoints";
import { prose, RECORDS } from "./engine";

const WHOLE = 1_000_000;

describe("a document that is computed a chunk at a time", () => {
  const folders = new CheckpointFolders();
  after(() => folders.removeAll());

  async function read(model: LoadedModel, chunkRows: number, segmentation: Segmentation): Promise<Analysis> {
    const text = prose(3);
    const request = { text, name: "notes.txt", modelFolder: "", provider: "cpu", segmentation } as const;
    const control = { meter: new Meter(() => undefined), pause: () => Promise.resolve() };
    const { analysis } = await analyze({ ...request, excludedProviders: [] }, { ...model, chunkRows }, control);
    return analysis;
  }

  /** Every figure of an analysis. */
  const figures = ({ heads, pooling }: Analysis) => [
    ...heads.flatMap((head) => [head.logits, head.scores, head.contributions, head.segmentLogits]),
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
});
