/**
 * How far logits are to be believed by the length of what was read: a mean over few tokens says less. The logits of n tokens are
 * divided by `atLongest` times (`longest` / n) ^ `exponent`, those of more than `longest` tokens by `atLongest`.
 */
export interface Temperature {
  readonly longest: number;
  readonly atLongest: number;
  readonly exponent: number;
}

/**
 * The scores [L], 0 to 1, that the logits [L] of a text of `tokens` tokens stand for: their softmax at the head's temperature
 * (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017), 1 for a head whose card names none.
 */
export function scoresOf(logits: Float32Array, tokens: number, temperature?: Temperature): Float32Array {
  if (!temperature) return softmax(logits);
  const { longest, atLongest, exponent } = temperature;
  const length = Math.min(Math.max(tokens, 1), longest);
  const divisor = atLongest * (longest / length) ** exponent;
  return softmax(logits.map((logit) => logit / divisor));
}

/** Numerically stable. */
function softmax(logits: Float32Array): Float32Array {
  const max = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const exps = Float64Array.from(logits, (x) => Math.exp(x - max));
  const sum = exps.reduce((a, b) => a + b, 0);
  return Float32Array.from(exps, (x) => x / sum);
}
