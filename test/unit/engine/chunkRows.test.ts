import assert from "node:assert/strict";
import { chunkRows } from "../../../src/engine/chunkRows";
import { MODEL } from "../../../src/benchmark/model";

/** What every WebGPU device lets one binding of a buffer hold, https://www.w3.org/TR/webgpu/#limits. */
const LEAST_LIMIT = 128 * 2 ** 20;

describe("the rows of a chunk on a GPU", () => {
  const sizes = [
    { hiddenSize: 128, intermediateSize: 512 },
    { hiddenSize: 256, intermediateSize: 1024 },
    { hiddenSize: 64, intermediateSize: 4096 },
    { hiddenSize: 768, intermediateSize: 3072 },
  ];
  for (const { hiddenSize, intermediateSize } of sizes) {
    it(`fill no buffer over the limit, at d ${hiddenSize} and FFN ${intermediateSize}`, () => {
      const rows = chunkRows({ ...MODEL, hiddenSize, intermediateSize }, "webgpu");
      // The feed-forward layer's rows; runs of eight rows, of which a segment's maximum is taken, where each is a segment.
      for (const width of [intermediateSize, 8 * hiddenSize]) assert.ok(4 * (rows + 2) * width <= LEAST_LIMIT);
      assert.ok(4 * 2 * rows * Math.max(intermediateSize, 8 * hiddenSize) > LEAST_LIMIT);
    });
  }
});
