import { writeFile } from "node:fs/promises";

/** A tensor as a safetensors file holds it. */
export interface StoredTensor {
  readonly dtype: "F16" | "F32";
  readonly shape: readonly number[];
  readonly values: Uint16Array | Float32Array;
}

export type Shapes = Readonly<Record<string, readonly number[]>>;

const size = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);

export async function writeSafetensors(file: string, tensors: ReadonlyMap<string, StoredTensor>): Promise<void> {
  let offset = 0;
  const header = Array.from(tensors, ([name, { dtype, shape, values }]) => {
    const data_offsets = [offset, (offset += values.byteLength)];
    return [name, { dtype, shape, data_offsets }] as const;
  });
  const json = Buffer.from(JSON.stringify(Object.fromEntries(header)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  await writeFile(file, [length, json, ...Array.from(tensors.values(), ({ values }) => values)]);
}

/** Random float16 weights, the same in every run: from 2^-7 to 2^-3 with either sign, and 1 for the scales of a norm. */
export function randomWeights(shapes: Shapes): Map<string, StoredTensor> {
  let seed = 1;
  const random = (shape: readonly number[]) => {
    const halves = new Uint16Array(size(shape));
    for (let i = 0; i < halves.length; i++) {
      // Numerical Recipes' linear congruential generator, whose upper bits give the sign, two of the exponent's and the fraction.
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      halves[i] = ((seed >>> 16) & 0x8fff) | 0x2000;
    }
    return halves;
  };
  const ones = (shape: readonly number[]) => new Uint16Array(size(shape)).fill(0x3c00);
  return new Map(
    Object.entries(shapes).map(([name, shape]) => {
      const values = /norm\d?\.weight$/i.test(name) ? ones(shape) : random(shape);
      return [name, { dtype: "F16", shape, values }];
    }),
  );
}
