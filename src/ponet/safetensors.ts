import * as z from "zod";
import { UserError } from "../errors";
import { widenInt8 } from "./int8";

/** Bytes per element of the dtypes this project reads. */
const DTYPE_BYTES = { F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, I16: 2, I8: 1, U8: 1, BOOL: 1 } as const;
type Dtype = keyof typeof DTYPE_BYTES;

/** The format's own limit on the header, https://github.com/huggingface/safetensors#format. */
const MAX_HEADER_BYTES = 100_000_000;

const TensorEntry = z.object({
  dtype: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});
const Metadata = z.record(z.string(), z.string());

export interface Tensor {
  readonly shape: readonly number[];
  /** Row-major values. */
  readonly data: Float32Array;
}

/** What the name of an int8 tensor has behind it in the names of its scales and zero points, as compressed-tensors writes them. */
const SCALE_SUFFIX = "_scale";
const ZERO_POINT_SUFFIX = "_zero_point";

/**
 * The named tensors of one safetensors file, checked against their sizes when read and widened to float32 on demand. An
 * int8 tensor `<name>` has one scale for each of its rows in `<name>_scale`.
 */
export class Safetensors {
  private constructor(
    /** How messages name the file. */
    readonly file: string,
    readonly metadata: Readonly<Record<string, string>>,
    private readonly entries: ReadonlyMap<string, { dtype: Dtype; shape: readonly number[]; bytes: Uint8Array }>,
  ) {}

  /**
   * Reads the header of `bytes` and checks that every tensor lies inside the file and fills its shape.
   * @throws UserError naming `file` when the header or a tensor is not what the format says.
   */
  static parse(bytes: Uint8Array, file: string): Safetensors {
    const broken = (what: string) =>
      new UserError(`"${file}" is not a whole safetensors file (${what}): copy or download it again.`);
    if (bytes.byteLength < 8) throw broken("it is shorter than its own header");
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const headerBytes = view.getBigUint64(0, true);
    if (headerBytes > BigInt(Math.min(MAX_HEADER_BYTES, bytes.byteLength - 8))) {
      throw broken(`its header claims ${headerBytes} bytes of a file of ${bytes.byteLength}`);
    }
    const body = bytes.subarray(8 + Number(headerBytes));
    const header = parseHeader(bytes.subarray(8, 8 + Number(headerBytes)));
    if (!header) throw broken("its header is not the JSON that the format asks for");

    const { __metadata__: metadata = {}, ...tensors } = header;
    const meta = Metadata.safeParse(metadata);
    if (!meta.success) throw broken("its metadata are not strings");
    const entries = new Map<string, { dtype: Dtype; shape: readonly number[]; bytes: Uint8Array }>();
    for (const [name, value] of Object.entries(tensors)) {
      const entry = TensorEntry.safeParse(value);
      if (!entry.success) throw broken(`its entry for "${name}" is malformed`);
      const { dtype, shape, data_offsets } = entry.data;
      if (!isDtype(dtype)) {
        throw new UserError(
          `"${file}" holds "${name}" as ${dtype}, which PoNet Lens does not read: save it as ${Object.keys(DTYPE_BYTES).join(", ")}.`,
        );
      }
      const [start, end] = data_offsets;
      const size = shape.reduce((product, n) => product * n, DTYPE_BYTES[dtype]);
      if (end > body.byteLength) throw broken(`"${name}" ends beyond the end of the file`);
      if (end - start !== size) throw broken(`"${name}" takes ${end - start} bytes where its shape asks for ${size}`);
      entries.set(name, { dtype, shape, bytes: body.subarray(start, end) });
    }
    const taken = [...entries.values()].reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
    if (taken > body.byteLength) throw broken("its tensors overlap");
    return new Safetensors(file, meta.data, entries);
  }

  get names(): string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /**
   * The tensor widened to float32.
   * @throws UserError naming the file when it has no such tensor, or an int8 one without a scale for each row or with zero points.
   */
  tensor(name: string): Tensor {
    const entry = this.entries.get(name);
    if (!entry) {
      throw new UserError(
        `"${this.file}" lacks the tensor "${name}": choose the weights that belong to its config.json.`,
      );
    }
    const { dtype, shape, bytes } = entry;
    if (dtype !== "I8") return { shape, data: toFloat32(dtype, bytes) };
    const weights = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return { shape, data: widenInt8(weights, this.scales(name, shape[0] ?? 1)) };
  }

  /**
   * The values of a tensor that must have this shape, row-major.
   * @throws UserError naming the file, the tensor and both shapes when it has another; as {@link tensor}.
   */
  read(name: string, shape: readonly number[]): Float32Array {
    const tensor = this.tensor(name);
    if (tensor.shape.length !== shape.length || tensor.shape.some((n, i) => n !== shape[i])) {
      throw new UserError(
        `"${this.file}" holds "${name}" in the shape [${tensor.shape.join(", ")}] where config.json asks for ` +
          `[${shape.join(", ")}]: use the config.json that belongs to these weights.`,
      );
    }
    return tensor.data;
  }

  private scales(name: string, rows: number): Float32Array {
    // Beside symmetric weights they may be there, as zeros.
    if (this.entries.get(`${name}${ZERO_POINT_SUFFIX}`)?.bytes.some((byte) => byte !== 0)) {
      throw new UserError(
        `"${this.file}" holds "${name}" as I8 with zero points, which PoNet Lens does not read: quantize it again symmetrically.`,
      );
    }
    const scaleName = `${name}${SCALE_SUFFIX}`;
    const found = this.has(scaleName) ? this.tensor(scaleName).data : new Float32Array();
    if (found.length === rows) return found;
    throw new UserError(
      `"${this.file}" holds "${name}" as I8 with ${found.length} scales in "${scaleName}" for its ${rows} rows: ` +
        "quantize it again with one scale for each row.",
    );
  }
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return z.record(z.string(), z.unknown()).parse(json);
  } catch {
    return undefined;
  }
}

function isDtype(dtype: string): dtype is Dtype {
  return Object.hasOwn(DTYPE_BYTES, dtype);
}

/** Copies: the file's tensors are not aligned to their element size. */
function toFloat32(dtype: Exclude<Dtype, "I8">, bytes: Uint8Array): Float32Array {
  const { buffer } = new Uint8Array(bytes);
  switch (dtype) {
    case "F32":
      return new Float32Array(buffer);
    case "F16":
      return widenHalves(new Uint16Array(buffer));
    case "BF16":
      return new Float32Array(Uint32Array.from(new Uint16Array(buffer), (upper) => upper << 16).buffer);
    case "I64":
      return Float32Array.from(new BigInt64Array(buffer), Number);
    case "I32":
      return Float32Array.from(new Int32Array(buffer));
    case "I16":
      return Float32Array.from(new Int16Array(buffer));
    case "U8":
    case "BOOL":
      return Float32Array.from(new Uint8Array(buffer));
  }
}

let halfValues: Float32Array | undefined;

/** A table of all 65,536 halves: arithmetic for each of millions of weights takes half a second. */
function widenHalves(halves: Uint16Array): Float32Array {
  halfValues ??= Float32Array.from({ length: 65_536 }, (_, half) => halfToFloat(half));
  const values = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) values[i] = halfValues[halves[i] ?? 0] ?? 0;
  return values;
}

/** IEEE 754 binary16 to a number. */
function halfToFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
