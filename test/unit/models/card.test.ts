import assert from "node:assert/strict";
import { parseCard } from "../../../src/models/card";

const card = (head: object) =>
  JSON.stringify({
    description: "A model",
    licence: "MIT",
    heads: { kind: { labels: ["a", "b"], ...head } },
    files: {},
  });

describe("a model card", () => {
  it("may name a test set before any figure is measured", () => {
    const metrics = { file: "kind.jsonl", split: "test", unseenProjects: { labels: ["b"] } };
    assert.deepEqual(parseCard(card({ metrics }), "card.json").heads.kind?.metrics, metrics);
  });

  it("is refused where a figure is not one", () => {
    const steadiness = { long: { n: 3, accuracy: "high", interval95: [0, 1] }, alone: {}, segmentations: {} };
    assert.throws(
      () => parseCard(card({ steadiness }), "models/x/card.json"),
      /"models\/x\/card\.json" is not a model card at "heads\.kind\.steadiness\.long\.accuracy"/,
    );
  });

  it("is refused where a threshold is no score", () => {
    for (const threshold of [-0.1, 1.1, "0.6"]) {
      assert.throws(() => parseCard(card({ threshold }), "card.json"), /at "heads\.kind\.threshold"/);
    }
  });

  it("is refused where a label is named twice: one of the two would be lost", () => {
    assert.throws(
      () => parseCard(card({ labels: ["a", "b", "a"] }), "card.json"),
      /"heads\.kind\.labels" \(names a label/,
    );
  });

  it("vouches for files of its folder alone", () => {
    for (const name of ["../config.json", "/dev/zero", "..", "a\\\\b"]) {
      const json = `{"description": "A model", "licence": "MIT", "heads": {}, "files": {"${name}": "${"0".repeat(64)}"}}`;
      assert.throws(() => parseCard(json, "card.json"), /is not a model card at "files/, name);
    }
  });

  it("has every segmentation or none", () => {
    const share = { n: 3, accuracy: 1, interval95: [0.4, 1] };
    const steadiness = { long: share, alone: share, segmentations: { paragraph: share } };
    assert.throws(
      () => parseCard(card({ steadiness }), "card.json"),
      /heads\.kind\.steadiness\.segmentations\.sentence/,
    );
  });
});
