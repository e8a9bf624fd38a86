import type { Weights } from "../ponet/blocks";

/**
 * Made-up parameters of a plausible size, the same in every run: what a product takes does not depend on its numbers,
 * as long as none of them overflows or becomes subnormal.
 */
export class RandomWeights implements Weights {
  private seed = 1;

  read(name: string, shape: readonly number[]): Float32Array {
    const size = shape.reduce((product, n) => product * n, 1);
    if (/norm\.weight$/i.test(name)) return new Float32Array(size).fill(1);
    const fanIn = shape.slice(1).reduce((product, n) => product * n, 1);
    const scale = Math.sqrt(12 / fanIn);
    return Float32Array.from({ length: size }, () => (this.uniform() - 0.5) * scale);
  }

  /** Numerical Recipes' linear congruential generator, 0 to 1. */
  private uniform(): number {
    this.seed = (Math.imul(this.seed, 1664525) + 1013904223) >>> 0;
    return this.seed / 2 ** 32;
  }
}
