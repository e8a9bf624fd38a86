import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { MixerSizes } from "../../../src/benchmark/mixers/mixer";
import { MIXERS } from "../../../src/benchmark/mixers/mixers";
import { Graph } from "../../../src/ponet/onnx/graph";
import { InferenceSession, Tensor } from "../../../src/ponet/onnxruntime";
import { Safetensors } from "../../../src/ponet/safetensors";
import { ROOT } from "../../harness/environment";

const GOLDEN = path.join(ROOT, "test/fixtures/mixers.safetensors");

describe("the benchmark's token mixings", () => {
  let golden: Safetensors;
  let sizes: MixerSizes;
  before(async () => {
    golden = Safetensors.parse(await readFile(GOLDEN), GOLDEN);
    const [length = 0, width = 0] = golden.tensor("x").shape;
    const { heads, landmarks, linformer_rows: linformerRows, performer_features: features } = golden.metadata;
    sizes = {
      length,
      width,
      heads: Number(heads),
      landmarks: Number(landmarks),
      linformerRows: Number(linformerRows),
      features: Number(features),
    };
  });

  for (const [name, mixer] of Object.entries(MIXERS)) {
    it(`${name} computes what the recipe's does in PyTorch`, async () => {
      const graph = new Graph(name);
      const { length, width } = sizes;
      const x = graph.input("x", "float32", [length, width]);
      graph.output("out", mixer({ graph, weights: golden }, sizes, name, x), [length, width]);
      const session = await InferenceSession.create(graph.serialize(), { executionProviders: ["cpu"] });
      const { out } = await session.run({ x: new Tensor("float32", golden.tensor("x").data, [length, width]) });
      const expected = golden.tensor(`${name}.out`).data;
      const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
      const actual = out?.data as Float32Array;
      assert.equal(actual.length, expected.length);
      const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - (actual[i] ?? NaN))), 0);
      assert.ok(worst < 1e-5 * Math.max(1, scale), `off by ${worst}, the largest value being ${scale}`);
    });
  }
});
