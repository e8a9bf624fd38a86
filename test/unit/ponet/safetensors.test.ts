import assert from "node:assert/strict";
import { UserError } from "../../../src/errors";
import { findHeads } from "../../../src/ponet/heads";
import { Safetensors } from "../../../src/ponet/safetensors";

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

function file(header: Record<string, Entry> | string, body: Uint8Array, claimed?: bigint): Uint8Array {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + body.length);
  new DataView(bytes.buffer).setBigUint64(0, claimed ?? BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(body, 8 + json.length);
  return bytes;
}

const pair: Entry = { dtype: "F32", shape: [2], data_offsets: [0, 8] };
const floats = new Uint8Array(Float32Array.of(1.5, -2).buffer);

function refused(bytes: Uint8Array, pattern: RegExp): void {
  assert.throws(
    () => Safetensors.parse(bytes, "model.safetensors").read("a", [2]),
    (error) =>
      error instanceof UserError && error.message.includes('"model.safetensors"') && pattern.test(error.message),
  );
}

describe("a safetensors file", () => {
  it("gives its tensors as float32", () => {
    assert.deepEqual([...Safetensors.parse(file({ a: pair }, floats), "f").read("a", [2])], [1.5, -2]);
  });

  it("widens F16 and BF16 exactly", () => {
    const halves = new Uint8Array(Uint16Array.of(0x3c00, 0xc100, 0x0001, 0x7bff).buffer);
    const f16 = file({ a: { dtype: "F16", shape: [4], data_offsets: [0, 8] } }, halves);
    assert.deepEqual([...Safetensors.parse(f16, "f").read("a", [4])], [1, -2.5, 2 ** -24, 65504]);
    const brains = new Uint8Array(Uint16Array.of(0x3f80, 0xc020).buffer);
    const bf16 = file({ a: { dtype: "BF16", shape: [2], data_offsets: [0, 4] } }, brains);
    assert.deepEqual([...Safetensors.parse(bf16, "f").read("a", [2])], [1, -2.5]);
  });

  it("takes whole numbers for what they are, with and without a sign", () => {
    const of = (dtype: string, values: ArrayBufferView): number => {
      const bytes = new Uint8Array(values.buffer as ArrayBuffer);
      const one = file({ a: { dtype, shape: [1], data_offsets: [0, bytes.length] } }, bytes);
      return Safetensors.parse(one, "f").read("a", [1])[0] ?? NaN;
    };
    assert.equal(of("I64", BigInt64Array.of(-2n)), -2);
    assert.equal(of("I32", Int32Array.of(-3)), -3);
    assert.equal(of("I16", Int16Array.of(-4)), -4);
    assert.equal(of("U8", Uint8Array.of(255)), 255);
    assert.equal(of("BOOL", Uint8Array.of(1)), 1);
  });

  it("widens I8 by the scale of each row", () => {
    const scales: Record<string, Uint8Array> = {
      F32: new Uint8Array(Float32Array.of(0.5, 2).buffer),
      F16: new Uint8Array(Uint16Array.of(0x3800, 0x4000).buffer),
    };
    for (const [dtype, bytes] of Object.entries(scales)) {
      // The reader of the matrix need not know: its shape is that of the weights.
      const int8 = file(
        {
          "m.weight": { dtype: "I8", shape: [2, 3], data_offsets: [0, 6] },
          "m.weight_scale": { dtype, shape: [2], data_offsets: [6, 6 + bytes.length] },
        },
        Uint8Array.of(1, 255, 127, 128, 0, 3, ...bytes),
      );
      const weights = Safetensors.parse(int8, "f");
      assert.deepEqual([...weights.read("m.weight", [2, 3])], [0.5, -0.5, 63.5, -256, 0, 6]);
      assert.deepEqual([...weights.read("m.weight_scale", [2])], [0.5, 2]);
    }
  });

  it("has one head for an I8 matrix and its scales", () => {
    const header: Record<string, Entry> = {
      "heads.kind.weight": { dtype: "I8", shape: [2, 3], data_offsets: [0, 6] },
      "heads.kind.weight_scale": { dtype: "F16", shape: [2], data_offsets: [6, 10] },
    };
    const heads = findHeads(Safetensors.parse(file(header, new Uint8Array(10)), "f"));
    assert.deepEqual(heads, [{ kind: "mean", name: "kind", module: "heads.kind", labels: 2 }]);
  });

  it("is refused when an I8 tensor lacks its scales, or has too many or too few", () => {
    const a: Entry = { dtype: "I8", shape: [2, 1], data_offsets: [0, 2] };
    refused(file({ a }, Uint8Array.of(1, 2)), /"a" as I8 with 0 scales in "a_scale" for its 2 rows/);
    for (const rows of [1, 3]) {
      const scale: Entry = { dtype: "F32", shape: [rows], data_offsets: [2, 2 + 4 * rows] };
      const bytes = file({ a, a_scale: scale }, new Uint8Array(2 + 4 * rows));
      refused(bytes, new RegExp(`"a" as I8 with ${rows} scales in "a_scale" for its 2 rows`));
    }
  });

  it("is refused when an I8 tensor has zero points other than zero", () => {
    const header: Record<string, Entry> = {
      a: { dtype: "I8", shape: [2], data_offsets: [0, 2] },
      a_scale: { dtype: "F32", shape: [2], data_offsets: [2, 10] },
      a_zero_point: { dtype: "I8", shape: [2], data_offsets: [10, 12] },
    };
    const bytes = (zeroPoint: number) => file(header, Uint8Array.of(1, 2, ...floats, 0, zeroPoint));
    assert.deepEqual([...Safetensors.parse(bytes(0), "f").read("a", [2])], [1.5, -4]);
    refused(bytes(3), /"a" as I8 with zero points, .*: quantize it again symmetrically\.$/);
  });

  it("reads a file that lies at an odd offset of its buffer", () => {
    const bytes = file({ a: pair }, floats);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    assert.deepEqual([...Safetensors.parse(shifted.subarray(1), "f").read("a", [2])], [1.5, -2]);
  });

  it("is refused when its header claims more than the file has", () => {
    refused(file({ a: pair }, floats, 2n ** 60n), /claims 1152921504606846976 bytes/);
    refused(file("{}", new Uint8Array(), 3n), /claims 3 bytes of a file of 10/);
  });

  it("is refused when truncated", () => {
    refused(file({ a: pair }, floats.subarray(0, 6)), /ends beyond the end/);
    refused(file({ a: pair, b: pair }, floats), /tensors overlap/);
    refused(file({ a: pair }, floats).subarray(0, 5), /shorter than its own header/);
  });

  it("is refused when its header is not JSON, or its entries make no sense", () => {
    refused(file('{"a": ', floats), /not the JSON/);
    refused(file({ a: { ...pair, shape: [-2] } }, floats), /malformed/);
    refused(file({ a: { ...pair, shape: [3] } }, floats), /takes 8 bytes where its shape asks for 12/);
  });

  it("is refused when a dtype is not read", () => {
    refused(file({ a: { ...pair, dtype: "F8_E4M3" } }, floats), /as F8_E4M3/);
  });

  it("is refused when a tensor is missing or has another shape", () => {
    refused(file({ b: pair }, floats), /lacks the tensor "a"/);
    refused(file({ a: { ...pair, shape: [1, 2] } }, floats), /shape \[1, 2\] where config.json asks for \[2\]/);
  });
});
