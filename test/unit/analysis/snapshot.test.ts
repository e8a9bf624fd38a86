import assert from "node:assert/strict";
import { deserialize, serialize } from "node:v8";
import { POOLING_STATISTICS } from "../../../src/analysis/analysis";
import { decodeSnapshot, encodeSnapshot, leastBytes, type Snapshot } from "../../../src/analysis/snapshot";
import { doubtAbout } from "../../../src/analysis/verdict";
import { sampleAnalysis } from "./export/sample";

const snapshot: Snapshot = {
  uri: "file:///poem.txt",
  settings: { model: "ponet-tiny", executionProvider: "auto", segmentation: "paragraph" },
  textHash: "0".repeat(64),
  isSelection: false,
  analysis: sampleAnalysis() as Snapshot["analysis"],
  explanations: [
    { segments: [1], heads: [{ name: "kind", labels: ["poetry", "rfc"], lost: Float32Array.of(0.5, -0.5) }] },
  ],
};

/** The bytes of a snapshot that was changed behind the back of the encoder. */
function forged(change: (value: Snapshot & { version: number }) => unknown): Uint8Array {
  return serialize(change(deserialize(encodeSnapshot(snapshot)) as Snapshot & { version: number }));
}

const { analysis } = snapshot;
/** One whose array is too short. */
const cut = (name: "scores" | "contributions"): Uint8Array => {
  const heads = analysis.heads.map((head) => ({ ...head, [name]: head[name].slice(1) }));
  return forged((value) => ({ ...value, analysis: { ...analysis, heads } }));
};

describe("a snapshot of an analysis", () => {
  it("reads back as it was written, typed arrays and all", () => {
    assert.deepEqual(decodeSnapshot(encodeSnapshot(snapshot)), { version: 5, ...snapshot });
  });

  it("reads back with the time of leaving segments out, where some were", () => {
    const slow = { ...snapshot, analysis: { ...analysis, timings: { ...analysis.timings, leaveOutMs: 4 } } };
    assert.equal(decodeSnapshot(encodeSnapshot(slow)).analysis.timings.leaveOutMs, 4);
  });

  it("reads back with the doubt about its text, where there is one", () => {
    const doubt = "This does not seem to be English.";
    const heads = analysis.heads.map((head) => ({ ...head, doubt }));
    const read = decodeSnapshot(encodeSnapshot({ ...snapshot, analysis: { ...analysis, heads } }));
    assert.equal(doubtAbout(read.analysis), doubt);
  });

  it("takes the bytes of its figures, and of many segments hardly more", () => {
    const K = 1000;
    const heads = analysis.heads.map((head) => ({
      ...head,
      contributions: new Float32Array(K * head.labels.length),
    }));
    const pooling = { layers: 2, values: new Float32Array(2 * K * POOLING_STATISTICS.length) };
    const [bounds, segmentTokens] = [new Uint32Array(K + 1), new Uint32Array(K)];
    const long = { ...analysis, heads, pooling, bounds, segmentTokens };
    const bytes = encodeSnapshot({ ...snapshot, analysis: long }).length;
    assert.ok(leastBytes(long) <= bytes && leastBytes(long) > 0.95 * bytes);
  });

  const broken: Readonly<Record<string, () => Uint8Array>> = {
    "no bytes": () => new Uint8Array(),
    "bytes of something else": () => Buffer.from("not a snapshot"),
    "half of one": () => encodeSnapshot(snapshot).subarray(0, 200),
    "another version": () => forged((value) => ({ ...value, version: 0 })),
    "a field nobody knows": () => forged((value) => ({ ...value, analysis: { ...value.analysis, extra: 1 } })),
    "a missing field": () => forged((value) => ({ ...value, textHash: undefined })),
    "arrays that do not fit each other": () =>
      forged((value) => ({ ...value, analysis: { ...value.analysis, bounds: Uint32Array.of(0, 5) } })),
    "short of a label's score": () => cut("scores"),
    "short of a contribution": () => cut("contributions"),
  };
  for (const [what, bytes] of Object.entries(broken)) {
    it(`is refused when it is ${what}`, () => {
      assert.throws(() => decodeSnapshot(bytes()));
    });
  }
});
