import assert from "node:assert/strict";
import path from "node:path";
import { compareFixture } from "../../../src/parity/compare";
import { readFixtures, type Fixture } from "../../../src/parity/fixtures";
import { ROOT } from "../../harness/environment";

const PARITY = path.join(ROOT, "test/fixtures/parity");

const WHOLE = 4096;

function shortCases(fixture: Fixture): Fixture {
  return { ...fixture, cases: fixture.cases.filter(({ batch }) => batch.length < WHOLE) };
}

describe("parity with the authors' code", () => {
  for (const chunkRows of [WHOLE, 64, 7, 1]) {
    it(`holds for every golden tensor of every case to 1e-4, computed by at most ${chunkRows} tokens at a time`, async () => {
      const fixtures = await readFixtures(PARITY);
      assert.deepEqual(
        fixtures.map(({ name, cases }) => `${name}: ${cases.map((one) => one.name).join("")}`),
        ["lra_text_cases: L1L2L3L4L5", "ponet_small_cases: ABCDEF", "ponet_small_cases_clsgsepg_false: G"],
      );
      const differences = (
        await Promise.all(
          // The one case of 4,096 tokens takes too long a token at a time.
          fixtures.map((fixture) => compareFixture(chunkRows === 1 ? shortCases(fixture) : fixture, chunkRows)),
        )
      ).flat();
      assert.ok(differences.length > 30);
      assert.deepEqual(
        differences.filter(({ worst }) => !(worst <= 1e-4)),
        [],
      );
    });
  }

  it("fails for a golden tensor that is off", async () => {
    const [first] = await readFixtures(PARITY);
    assert.ok(first);
    const [golden] = first.cases;
    const logits = golden?.expected.get("out.logits");
    assert.ok(golden && logits);
    logits.data[0] = (logits.data[0] ?? 0) + 2e-4;
    const expected = new Map([["out.logits", logits]]);
    const [difference] = await compareFixture({ ...first, cases: [{ ...golden, expected }] }, WHOLE);
    assert.ok(difference && difference.worst > 1e-4);
  });

  it("counts a golden tensor that is not computed as a difference", async () => {
    const [first] = await readFixtures(PARITY);
    const [golden] = first?.cases ?? [];
    assert.ok(first && golden);
    const expected = new Map([["out.unheard_of", { shape: [1], data: Float32Array.of(0) }]]);
    const [difference] = await compareFixture({ ...first, cases: [{ ...golden, expected }] }, WHOLE);
    assert.equal(difference?.worst, Infinity);
  });
});
