import type { PoNetConfig } from "../ponet/config";
import type { Head } from "../ponet/heads";
import type { MixerSizes } from "./mixers/mixer";

/** What all contestants share but the mixing: the recipe's `small`, with a longer position table. */
export const MODEL: PoNetConfig = {
  norm: "post",
  vocabSize: 30_522,
  hiddenSize: 256,
  layers: 4,
  heads: 4,
  intermediateSize: 1024,
  maxPositions: 4096,
  tokenTypes: 2,
  layerNormEps: 1e-12,
  clsgsepg: true,
  special: { cls: 101, sep: 102 },
};

export const HEAD: Head = { kind: "mean", name: "kind", module: "heads.kind", labels: 20 };

/** What the other mixings have besides, as in the recipe's Long Range Arena. */
export function mixerSizes(length: number): MixerSizes {
  const { hiddenSize: width, heads } = MODEL;
  return { length, width, heads, linformerRows: 256, landmarks: 128, features: 256 };
}

/** Made-up ids all over the vocabulary. */
export function madeUpIds(length: number): Int32Array {
  return Int32Array.from({ length }, (_, i) => 200 + ((i * 7919) % (MODEL.vocabSize - 200)));
}
