import assert from "node:assert/strict";
import type { Analysis } from "../../src/analysis/analysis";
import { SEGMENTATIONS, type Segmentation } from "../../src/document/segmentations";
import { loadModel, type LoadedModel } from "../../src/engine/model";
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
});
