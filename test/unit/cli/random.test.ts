import assert from "node:assert/strict";
import { Random } from "../../../src/cli/evaluation/random";

describe("seeded random numbers", () => {
  it("are the same for the same seed, and others for another", () => {
    const drawn = (seed: number) => {
      const random = new Random(seed);
      return Array.from({ length: 8 }, () => random.integer(1000));
    };
    // The first outputs of the reference mulberry32(1), times 1000, rounded down.
    assert.deepEqual(drawn(1).slice(0, 3), [627, 2, 527]);
    assert.notDeepEqual(drawn(1), drawn(2));
  });

  it("fall evenly", () => {
    const random = new Random(7);
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 5000; i++) {
      const n = random.integer(5);
      counts[n] = (counts[n] ?? 0) + 1;
    }
    assert.ok(
      counts.every((n) => Math.abs(n - 1000) < 150),
      counts.join(" "),
    );
  });

  it("shuffle a copy, keeping every item", () => {
    const items = ["a", "b", "c", "d", "e", "f"];
    const shuffled = new Random(3).shuffled(items);
    assert.notDeepEqual(shuffled, items);
    assert.deepEqual([...shuffled].sort(), items);
    assert.deepEqual(items, ["a", "b", "c", "d", "e", "f"]);
  });
});
