import assert from "node:assert/strict";
import path from "node:path";
import { readFixtures, type Fixture } from "../../../src/parity/fixtures";
import { countedSegments, sequencesOf } from "../../../src/parity/batch";
import { ParityModel } from "../../../src/parity/run";
import { isSpecial } from "../../../src/ponet/chunks";
import { meanOverHeads, segmentShares, type RowStatistic } from "../../../src/ponet/maps";
import { PoNet } from "../../../src/ponet/ponet";
import { rowsOf, type ComputedStep } from "../../../src/ponet/step";
import { ROOT } from "../../harness/environment";

const WHOLE = 4096;

describe("the pooling statistics of the graph", () => {
  let fixture: Fixture;
  before(async () => {
    const found = (await readFixtures(path.join(ROOT, "test/fixtures/parity"))).find(
      ({ name }) => name === "ponet_small_cases",
    );
    assert.ok(found);
    fixture = found;
  });

  it("share out a maximum that several segments hold", () => {
    assert.deepEqual(segmentShares(Float32Array.of(1, 5, 1, 2), 2), Float32Array.of(0.75, 0.25));
  });

  it("have no share of neighbours in the window of a [SEP] that is written out, which has none", async () => {
    const { config, cases } = fixture;
    const { special } = config;
    const [word = 0, other = 0] = cases[0]?.batch.ids.filter((id) => !isSpecial(config, id)) ?? [];
    assert.ok(special && config.clsgsepg);
    const sequence = {
      ids: Int32Array.of(special.cls, word, other, special.sep, word, special.sep),
      segments: Int32Array.of(1, 0, 0, 0, 0, 2),
      segmentCount: 3,
    };
    const network = await PoNet.load({ ...fixture, heads: [] }, "cpu");
    for await (const step of network.run(sequence, WHOLE)) {
      if (step.kind !== "computed") continue;
      const shares = rowsOf(step, "neighbourShare");
      for (const n of [0, 3, 5]) assert.equal(shares[n], 0, `row ${n} in layer ${step.layer}`);
      for (const n of [1, 2]) assert.ok((shares[n] ?? 0) > 0, `row ${n} in layer ${step.layer}`);
    }
    await network.release();
  });

  it("are what the whole tensors say", async () => {
    const { config, cases } = fixture;
    const golden = cases.find(({ name }) => name === "A");
    assert.ok(golden);
    const { batch } = golden;
    const [sequence, ...others] = sequencesOf(config, batch);
    assert.ok(sequence && others.length === 0);
    const { hiddenSize: d, heads } = config;
    const segments = countedSegments(config, batch);
    const words = [...batch.ids.keys()].filter((n) => !isSpecial(config, batch.ids[n]));
    const wordSegments = [...new Set(words.map((n) => sequence.segments[n] ?? -1))];
    /** The maxima of the segments that hold words, which [CLS] and [SEP] do not. */
    const ofWords = (maxima: Float32Array) =>
      Float32Array.from(wordSegments.flatMap((k) => [...maxima.subarray(k * d, (k + 1) * d)]));
    const model = await ParityModel.load(fixture);
    const whole = await model.tensors(golden, WHOLE);
    await model.release();
    const network = await PoNet.load({ ...fixture, heads: [] }, "cpu");
    const shares: Float32Array[] = [];
    const computed: ComputedStep[] = [];
    for await (const step of network.run(sequence, WHOLE)) {
      if (step.kind === "merged") shares.push(segmentShares(ofWords(step.maxima), d));
      if (step.kind === "computed") computed.push(step);
    }
    await network.release();
    const tensor = (name: string) => {
      const values = whole.get(name);
      assert.ok(values, name);
      return values;
    };
    const close = (actual: number | undefined, expected: number, what: string) => {
      assert.ok(Math.abs((actual ?? NaN) - expected) < 1e-4, `${what}: ${actual ?? "nothing"}, expected ${expected}`);
    };

    /** What a token's vector [d] brings into the windows that hold it. */
    const local = (layer: number, vector: Float32Array): Float32Array => {
      const name = `ponet.encoder.layer.${layer}.attention.self.dense_local`;
      const weight = fixture.weights.read(`${name}.weight`, [d, d]);
      return fixture.weights
        .read(`${name}.bias`, [d])
        .map((bias, c) => vector.reduce((sum, x, i) => sum + x * (weight[c * d + i] ?? NaN), bias));
    };

    for (let layer = 0; layer < config.layers; layer++) {
      const step = computed[layer] ?? assert.fail();
      const statistic = (name: RowStatistic) => rowsOf(step, name);
      const mean = meanOverHeads(step.attention, heads);
      const segmentShare = shares[layer] ?? assert.fail();
      const attention = tensor(`layer${layer}.att_prob`);
      const row = (part: string, n: number) => tensor(`layer${layer}.${part}`).subarray(n * d, (n + 1) * d);
      const length = (vector: Iterable<number>) => Math.sqrt(Array.from(vector).reduce((sum, x) => sum + x * x, 0));

      const bySegment = new Map<number, Float32Array>();
      for (const n of words) bySegment.set(segments[n] ?? -1, row("smp", n));
      [...bySegment.values()].forEach((maxima, k) => {
        const held = maxima.filter((x, c) => [...bySegment.values()].every((other) => (other[c] ?? NaN) <= x));
        close(segmentShare[k], held.length / d, `SMP share of segment ${k}`);
      });
      assert.equal(segmentShare.length, bySegment.size);

      for (const n of words) {
        const perHead = Array.from({ length: heads }, (_, h) => attention[h * batch.length + n] ?? NaN);
        close(mean[n], perHead.reduce((a, b) => a + b) / heads, `GA of token ${n}`);
        close(statistic("localNorm")[n], length(row("lmp", n)), `|L| of token ${n}`);
        // P = G + S' + L, with G = g' * O and S' = S * O, so both follow from P, L, S and g'.
        const global = tensor(`layer${layer}.g_prime`);
        const gate = Array.from(
          row("P", n),
          (p, c) => (p - (row("lmp", n)[c] ?? NaN)) / ((global[c] ?? NaN) + (row("smp", n)[c] ?? NaN)),
        );
        close(statistic("globalNorm")[n], length(gate.map((o, c) => o * (global[c] ?? NaN))), `|G| of token ${n}`);
        close(
          statistic("segmentNorm")[n],
          length(gate.map((o, c) => o * (row("smp", n)[c] ?? NaN))),
          `|S'| of token ${n}`,
        );
        // A window's maximum is a neighbour's where it is more than the token's own; two channels may be too close to tell.
        const own = local(
          layer,
          tensor(layer > 0 ? `layer${layer - 1}.out` : "out.embedding").subarray(n * d, (n + 1) * d),
        );
        const lost = row("lmp", n).filter((most, c) => most > (own[c] ?? NaN) + 1e-6).length;
        const share = statistic("neighbourShare")[n] ?? NaN;
        assert.ok(Math.abs(share - lost / d) <= 2 / d, `LMP share of token ${n}: ${share}, expected ${lost / d}`);
      }
    }
  });
});
