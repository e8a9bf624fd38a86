import assert from "node:assert/strict";
import path from "node:path";
import { readFixtures, type Fixture } from "../../../src/parity/fixtures";
import { parityGraph } from "../../../src/parity/graph";
import { classifierGraph, statisticsOf } from "../../../src/ponet/classifier";
import { findHeads } from "../../../src/ponet/heads";
import { countedSegments, isSpecial } from "../../../src/ponet/inputs";
import { Session } from "../../../src/ponet/session";
import { ROOT } from "../../harness/environment";

describe("the pooling statistics of the graph", () => {
  let fixture: Fixture;
  before(async () => {
    const found = (await readFixtures(path.join(ROOT, "test/fixtures/parity"))).find(
      ({ name }) => name === "ponet_small_cases",
    );
    assert.ok(found);
    fixture = found;
  });

  it("are what the whole tensors say", async () => {
    const { config, weights, cases } = fixture;
    const batch = cases.find(({ name }) => name === "A")?.batch;
    assert.ok(batch);
    const whole = await (await Session.create(config, parityGraph(config, weights), "cpu")).run(batch);
    const reduced = await (
      await Session.create(config, classifierGraph(config, weights, findHeads(weights)), "cpu")
    ).run(batch);
    const { hiddenSize: d, heads } = config;
    const segments = countedSegments(config, batch.ids, batch.length);
    const words = [...batch.ids.keys()].filter((n) => !isSpecial(config, batch.ids[n]));
    const tensor = (name: string) => {
      const values = whole.get(name);
      assert.ok(values, name);
      return values;
    };
    const close = (actual: number | undefined, expected: number, what: string) => {
      assert.ok(Math.abs((actual ?? NaN) - expected) < 1e-4, `${what}: ${actual ?? "nothing"}, expected ${expected}`);
    };

    for (let layer = 0; layer < config.layers; layer++) {
      const statistics = statisticsOf(reduced, layer, config);
      const attention = tensor(`layer${layer}.att_prob`);
      const row = (part: string, n: number) => tensor(`layer${layer}.${part}`).subarray(n * d, (n + 1) * d);
      const length = (vector: Iterable<number>) => Math.sqrt(Array.from(vector).reduce((sum, x) => sum + x * x, 0));

      const bySegment = new Map<number, Float32Array>();
      for (const n of words) bySegment.set(segments[n] ?? -1, row("smp", n));
      [...bySegment.values()].forEach((maxima, k) => {
        const held = maxima.filter((x, c) => [...bySegment.values()].every((other) => (other[c] ?? NaN) <= x));
        close(statistics.segmentShare[k], held.length / d, `SMP share of segment ${k}`);
      });
      assert.equal(statistics.segmentShare.length, bySegment.size);

      for (const n of words) {
        const perHead = Array.from({ length: heads }, (_, h) => attention[h * batch.length + n] ?? NaN);
        close(statistics.attention[n], perHead.reduce((a, b) => a + b) / heads, `GA of token ${n}`);
        close(statistics.localNorm[n], length(row("lmp", n)), `|L| of token ${n}`);
        // P = G + S' + L, with G = g' * O and S' = S * O, so both follow from P, L, S and g'.
        const global = tensor(`layer${layer}.g_prime`);
        const gate = Array.from(
          row("P", n),
          (p, c) => (p - (row("lmp", n)[c] ?? NaN)) / ((global[c] ?? NaN) + (row("smp", n)[c] ?? NaN)),
        );
        close(statistics.globalNorm[n], length(gate.map((o, c) => o * (global[c] ?? NaN))), `|G| of token ${n}`);
        close(
          statistics.segmentNorm[n],
          length(gate.map((o, c) => o * (row("smp", n)[c] ?? NaN))),
          `|S'| of token ${n}`,
        );
        // A window's maximum is a neighbour's exactly when the next or previous word's window has it too, or more.
        assert.ok((statistics.neighbourShare[n] ?? -1) >= 0 && (statistics.neighbourShare[n] ?? 2) <= 1);
      }
      // Of two neighbours, each channel's larger value wins in both windows: on average at least a third must lose.
      const mean = words.reduce((sum, n) => sum + (statistics.neighbourShare[n] ?? NaN), 0) / words.length;
      assert.ok(mean > 1 / 3 && mean < 0.8, `mean LMP share ${mean}`);
    }
  });
});
